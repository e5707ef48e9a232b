//! Pages of keys.

use super::Bench;

async fn tree() -> Bench {
    let bench = Bench::with_bucket().await;
    for key in [
        "a.txt",
        "photos/2006/x",
        "photos/2006/y",
        "photos/2007/z",
        "photos/top",
        "z.txt",
    ] {
        bench.put(key, "x").await;
    }
    bench
}

#[tokio::test]
async fn keys_come_in_order_and_prefixes_are_rolled_up() {
    let bench = tree().await;
    let all = bench.get("?list-type=2").await;
    assert_eq!(all.element("KeyCount"), "6");
    assert_eq!(all.element("IsTruncated"), "false");
    assert_eq!(all.elements("Key")[1], "photos/2006/x");
    let top = bench.get("?list-type=2&delimiter=%2F").await;
    assert_eq!(top.elements("Key"), ["a.txt", "z.txt"]);
    assert_eq!(top.elements("Prefix"), ["", "photos/"]);
    let photos = bench.get("?list-type=2&prefix=photos/&delimiter=/").await;
    assert_eq!(photos.elements("Key"), ["photos/top"]);
    assert_eq!(
        photos.elements("Prefix"),
        ["photos/", "photos/2006/", "photos/2007/"]
    );
}

#[tokio::test]
async fn pages_together_are_the_whole() {
    let bench = tree().await;
    for (query, expected) in [
        ("", 6),
        ("&delimiter=/", 3),
        ("&prefix=photos/&delimiter=/", 3),
    ] {
        for size in 1..4 {
            let mut token = String::new();
            let mut entries = 0;
            for _ in 0..10 {
                let page = format!("?list-type=2&max-keys={size}{query}{token}");
                let page = bench.get(&page).await;
                entries += page.element("KeyCount").parse::<usize>().unwrap();
                match page.element("NextContinuationToken") {
                    "" => break,
                    next => token = format!("&continuation-token={next}"),
                }
            }
            assert_eq!(entries, expected, "{query} {size}");
        }
    }
}

#[tokio::test]
async fn the_first_version_of_listings_goes_on_at_a_marker() {
    let bench = tree().await;
    let page = bench.get("?delimiter=/&max-keys=2").await;
    assert_eq!(page.element("NextMarker"), "photos/");
    let rest = bench.get("?delimiter=/&marker=photos/").await;
    assert_eq!(rest.elements("Key"), ["z.txt"]);
    let after = bench.get("?marker=photos/2006/y").await;
    assert_eq!(
        after.elements("Key"),
        ["photos/2007/z", "photos/top", "z.txt"]
    );
    let start = bench.get("?list-type=2&start-after=photos/top").await;
    assert_eq!(start.elements("Key"), ["z.txt"]);
}

#[tokio::test]
async fn keys_are_encoded_where_the_client_wants_it() {
    let bench = Bench::with_bucket().await;
    bench.put("a%20%26%0Ab/c", "x").await;
    let plain = bench.get("?list-type=2").await;
    assert_eq!(plain.elements("Key"), ["a &amp;\nb/c"]);
    let encoded = bench.get("?list-type=2&encoding-type=url").await;
    assert_eq!(encoded.elements("Key"), ["a%20%26%0Ab/c"]);
}

#[tokio::test]
async fn what_no_listing_can_mean_is_refused() {
    let bench = Bench::with_bucket().await;
    for query in [
        "max-keys=x",
        "max-keys=-1",
        "encoding-type=base64",
        "continuation-token=%21",
    ] {
        let refused = bench.get(&format!("?list-type=2&{query}")).await;
        assert_eq!(refused.refusal(), (400, "InvalidArgument"), "{query}");
    }
    let none = bench.get("?list-type=2&max-keys=0").await;
    assert_eq!(none.element("IsTruncated"), "false");
}
