//! Which domain and which mapping a host and a path lead to.

use std::sync::Arc;

use super::{LiveDomain, LiveDomains, LiveMapping, host_name};
use crate::deployment::snapshot::{ApiId, StageName};

fn mapping(key: &str, api_id: &str) -> LiveMapping {
    LiveMapping {
        key: key
            .split('/')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        api_id: ApiId::new(api_id),
        stage_name: StageName::new("prod"),
    }
}

fn domain(name: &str, mappings: &[(&str, &str)]) -> LiveDomain {
    let mappings = mappings
        .iter()
        .map(|(key, api)| mapping(key, api))
        .collect();
    LiveDomain::new(name.to_owned(), mappings, None)
}

fn published(domains: Vec<LiveDomain>) -> LiveDomains {
    let table = LiveDomains::new();
    table.publish(domains);
    table
}

#[test]
fn a_host_finds_its_domain_and_else_the_wildcard_above_it() {
    let table = published(vec![
        domain("ws.example.com", &[]),
        domain("*.example.com", &[]),
    ]);
    let found = |host: &str| table.find(host).map(|it| it.name().to_owned());
    for (host, name) in [
        ("ws.example.com", Some("ws.example.com")),
        ("WS.Example.com:4566", Some("ws.example.com")),
        ("ws.example.com.", Some("ws.example.com")),
        ("chat.example.com", Some("*.example.com")),
        ("a.chat.example.com", None),
        ("example.com", None),
        ("127.0.0.1:4566", None),
        ("", None),
    ] {
        assert_eq!(found(host).as_deref(), name, "{host}");
    }
}

#[test]
fn the_longest_key_that_begins_the_path_wins() {
    let domain = domain(
        "ws.example.com",
        &[("", "root"), ("a", "one"), ("a/b", "two")],
    );
    let found = |path: &[&str]| domain.mapping(path).map(|it| it.api_id.as_str().to_owned());
    for (path, api_id) in [
        (&[][..], "root"),
        (&["x"], "root"),
        (&["a"], "one"),
        (&["a", "x"], "one"),
        (&["a", "b"], "two"),
        (&["a", "b", "c"], "two"),
        (&["ab"], "root"),
        (&["A"], "root"),
    ] {
        assert_eq!(found(path).as_deref(), Some(api_id), "{path:?}");
    }
}

#[test]
fn without_a_root_mapping_other_paths_lead_nowhere() {
    let domain = domain("ws.example.com", &[("a/b", "two")]);
    assert_eq!(domain.mapping(&[]), None);
    assert_eq!(domain.mapping(&["a"]), None);
}

#[test]
fn a_domain_that_did_not_change_keeps_its_identity() {
    let table = published(vec![
        domain("a.example.com", &[]),
        domain("b.example.com", &[]),
    ]);
    let (a, b) = (
        table.find("a.example.com").unwrap(),
        table.find("b.example.com").unwrap(),
    );
    table.publish(vec![
        domain("a.example.com", &[]),
        domain("b.example.com", &[("", "root")]),
    ]);
    assert!(Arc::ptr_eq(&a, &table.find("a.example.com").unwrap()));
    assert!(!Arc::ptr_eq(&b, &table.find("b.example.com").unwrap()));
}

#[test]
fn a_host_loses_its_port_and_nothing_else() {
    for (host, name) in [
        ("a.b:1", "a.b"),
        ("[::1]:4566", "[::1]"),
        ("a.b:", "a.b"),
        ("a:b", "a:b"),
    ] {
        assert_eq!(host_name(host), name);
    }
}
