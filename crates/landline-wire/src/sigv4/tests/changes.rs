//! No request is taken for another: not by one bit, and not by another way of writing it.

use proptest::prelude::*;

use super::super::canonical::query_forms;
use super::*;

#[test]
fn no_bit_of_a_signed_request_can_change() {
    for vector in vectors() {
        let mutants = mutants(&vector);
        assert!(mutants.len() > 100, "{}", vector.name);
        for mutant in mutants {
            assert!(verify(&mutant).is_err(), "{}: {mutant:?}", vector.name);
        }
    }
}

/// The request with one bit changed, for every bit of it that a signature covers.
fn mutants(vector: &Vector) -> Vec<Vector> {
    let mut mutants = Vec::new();
    let mut collect = |text: &str, put: &dyn Fn(&mut Vector, String)| {
        for (at, bit) in (0..text.len()).flat_map(|at| (0..7).map(move |bit| (at, bit))) {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            // What the HTTP parser would refuse never arrives.
            if bytes[at].is_ascii_graphic() && !same_meaning(text.as_bytes(), &bytes) {
                let mut mutant = vector.clone();
                put(&mut mutant, String::from_utf8(bytes).unwrap());
                mutants.push(mutant);
            }
        }
    };
    collect(&vector.method, &|mutant, text| mutant.method = text);
    collect(&vector.path, &|mutant, text| mutant.path = text);
    collect(&vector.query, &|mutant, text| mutant.query = text);
    if !vector
        .headers
        .iter()
        .any(|(_, v)| v.starts_with("UNSIGNED") || v.starts_with("STREAMING"))
    {
        collect(&vector.body, &|mutant, text| mutant.body = text);
    }
    for (position, (name, value)) in vector.headers.iter().enumerate() {
        if ["host", "authorization"].contains(&name.as_str()) || name.starts_with("x-amz-") {
            collect(value, &|mutant, text| mutant.headers[position].1 = text);
        }
    }
    mutants
}

/// `%3d` is `%3D`, and header names in `SignedHeaders` have no case.
fn same_meaning(before: &[u8], after: &[u8]) -> bool {
    before.eq_ignore_ascii_case(after)
}

/// Decoded segment by segment, doubled slashes taken as one: what routing sees.
fn meaning(path: &str) -> Vec<Vec<u8>> {
    let parts = path.split('/').enumerate();
    let last = path.split('/').count() - 1;
    parts
        .filter(|(at, part)| !part.is_empty() || *at == last)
        .map(|(_, part)| percent_encoding::percent_decode_str(part).collect())
        .collect()
}

proptest! {
    #[test]
    fn paths_of_different_meaning_never_share_a_signature(
        one in "/([@=%a/]|%25|%40|%3D|%2F|%2540){0,6}",
        other in "/([@=%a/]|%25|%40|%3D|%2F|%2540){0,6}",
    ) {
        let forms = path_forms(&one, "execute-api");
        let shared = path_forms(&other, "execute-api").iter().any(|form| forms.contains(form));
        prop_assert!(!shared || meaning(&one) == meaning(&other), "{one} {other}");
    }

    #[test]
    fn queries_of_different_meaning_never_share_a_signature(
        one in "([a&=+%]|%20|%2B|%26){0,6}",
        other in "([a&=+%]|%20|%2B|%26){0,6}",
    ) {
        let forms = query_forms(&one, &[]);
        let shared = query_forms(&other, &[]).iter().any(|form| forms.contains(form));
        let pairs = |query: &str| {
            let mut pairs: Vec<_> = query
                .split('&')
                .filter(|part| !part.is_empty())
                .map(|part| part.split_once('=').unwrap_or((part, "")))
                .map(|(name, value)| [name, value].map(|text| {
                    let text = text.replace('+', " ");
                    percent_encoding::percent_decode_str(&text).collect::<Vec<u8>>()
                }))
                .collect();
            pairs.sort();
            pairs
        };
        prop_assert!(!shared || pairs(&one) == pairs(&other), "{one} {other}");
    }

    #[test]
    fn nothing_that_arrives_makes_it_panic(
        authorization in "(AWS4-HMAC-SHA256 )?.{0,60}",
        path in ".{0,20}",
        query in "(X-Amz-[A-Z][a-z]{1,8}=.{0,9}&){0,4}",
    ) {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_str(&authorization) {
            headers.insert("authorization", value);
        }
        let request = WireRequest { method: "GET", path: &path, query: &query, headers: &headers, body: b"" };
        let verifier = Verifier::new(Arc::new(ManualClock::at(Timestamp::default())));
        prop_assert!(verifier.verify(&request, |_| None, "iam").is_err());
        let _ = parse_scope(&headers, &query);
    }
}
