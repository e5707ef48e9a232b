//! AWS's published example of a body in three chunks.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html>

use sha2::{Digest as _, Sha256};

use super::super::Scope;
use super::super::key::derive;
use super::ChunkSignatures;

fn signatures() -> ChunkSignatures {
    let scope = Scope {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
        date: "20130524".into(),
        region: "us-east-1".into(),
        service: "s3".into(),
    };
    let key = derive("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", &scope);
    let seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    let date = "20130524T000000Z";
    ChunkSignatures::new(key, date, &scope.without_key(), seed.to_owned())
}

#[test]
fn each_chunk_is_proved_by_its_signature_and_those_before() {
    let mut signatures = signatures();
    for (length, signature) in [
        (
            65536,
            "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
        ),
        (
            1024,
            "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
        ),
        (
            0,
            "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
        ),
    ] {
        let chunk = Sha256::new_with_prefix(vec![b'a'; length]);
        assert!(signatures.takes_chunk(chunk, signature));
    }
}

#[test]
fn a_chunk_that_was_changed_or_moved_is_not_proved() {
    let first = "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
    let changed = Sha256::new_with_prefix(vec![b'b'; 65536]);
    assert!(!signatures().takes_chunk(changed, first));
    let second = "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
    let moved = Sha256::new_with_prefix(vec![b'a'; 1024]);
    assert!(!signatures().takes_chunk(moved, second));
}
