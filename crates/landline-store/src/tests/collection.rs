//! Records under a name.

use super::with_each_store;
use crate::{Collection, StoreError};

const ROUTES: Collection<u32> = Collection::new("route");
const ROUTE_RESPONSES: Collection<u32> = Collection::new("route.response");

#[test]
fn collections_do_not_see_each_other() {
    with_each_store(async |store| {
        ROUTES.put(&*store, "a", 1).await.unwrap();
        ROUTE_RESPONSES.put(&*store, "b", 2).await.unwrap();
        assert_eq!(ROUTES.load(&*store).unwrap(), [("a".to_owned(), 1)]);
        assert_eq!(ROUTE_RESPONSES.get(&*store, "b").unwrap(), Some(2));
    });
}

#[test]
fn the_children_of_an_id_are_listed_and_deleted_together() {
    with_each_store(async |store| {
        for (id, record) in [("api1/a", 1), ("api1/b", 2), ("api2/a", 3)] {
            ROUTES.put(&*store, id, record).await.unwrap();
        }
        let listed = store
            .read(|reader| ROUTES.list_in(reader, "api1/"))
            .unwrap();
        assert_eq!(listed, [("api1/a".to_owned(), 1), ("api1/b".to_owned(), 2)]);
        let deleted = store.write(|transaction| ROUTES.delete_under_in(transaction, "api1/"));
        deleted.await.unwrap();
        assert_eq!(ROUTES.load(&*store).unwrap(), [("api2/a".to_owned(), 3)]);
    });
}

#[test]
fn records_come_in_pages_and_are_counted() {
    with_each_store(async |store| {
        for (id, record) in [("api1/a", 1), ("api1/b", 2), ("api1/c", 3), ("api2/a", 4)] {
            ROUTES.put(&*store, id, record).await.unwrap();
        }
        let page = |after: Option<&str>| {
            let read = store.read(|reader| ROUTES.page_in(reader, "api1/", after, 2));
            let records = read.unwrap().into_iter();
            records.map(|(_, record)| record).collect::<Vec<_>>()
        };
        assert_eq!(page(None), [1, 2]);
        assert_eq!(page(Some("api1/b")), [3]);
        assert_eq!(page(Some("api1/c")), [0; 0]);
        let count = store.read(|reader| ROUTES.count_in(reader, "api1/"));
        assert_eq!(count.unwrap(), 3);
    });
}

#[test]
fn a_record_of_another_shape_is_named_in_the_error() {
    const TEXTS: Collection<String> = Collection::new("route");
    with_each_store(async |store| {
        TEXTS.put(&*store, "a", "text".to_owned()).await.unwrap();
        let Err(StoreError::Record { collection, id, .. }) = ROUTES.load(&*store) else {
            panic!("a text is no number");
        };
        assert_eq!((collection, id.as_str()), ("route", "a"));
    });
}
