//! Requests of workers as bytes, whole and in pieces.

use super::{Body, Malformed, Progress, Request, RequestReader, Trailers};
use crate::quotas::MAX_PAYLOAD_BYTES;

fn all_requests(bytes: &[u8], step: usize) -> Result<Vec<Request>, Malformed> {
    let mut reader = RequestReader::default();
    let mut requests = Vec::new();
    for part in bytes.chunks(step) {
        reader.buffer.extend_from_slice(part);
        while let Progress::Request(request) = reader.advance()? {
            requests.push(request);
        }
    }
    Ok(requests)
}

#[test]
fn an_answer_and_the_next_request_arrive_in_one_write() {
    let bytes =
        b"POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET /b HTTP/1.1\r\nHost: x\r\n\r\n";
    for step in [1, 3, bytes.len()] {
        let requests = all_requests(bytes, step).unwrap();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[0].body, Body::Whole("hello".into()));
        assert!(requests[1].is_get);
        assert_eq!(requests[1].path, "/b");
    }
}

#[test]
fn a_chunked_body_is_put_together_and_its_trailer_read() {
    let bytes = b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nLambda-Runtime-Function-Error-Type: Late\r\n\r\n";
    for step in [1, 7, bytes.len()] {
        let requests = all_requests(bytes, step).unwrap();
        assert_eq!(requests[0].body, Body::Whole("abcde".into()));
        assert_eq!(requests[0].error_type.as_deref(), Some("Late"));
    }
}

#[test]
fn a_body_beyond_the_limit_is_counted_and_thrown_away() {
    let length = MAX_PAYLOAD_BYTES + 1;
    let mut bytes = format!("POST /a HTTP/1.1\r\nContent-Length: {length}\r\n\r\n").into_bytes();
    bytes.resize(bytes.len() + length, b'x');
    bytes.extend_from_slice(b"GET /b HTTP/1.1\r\n\r\n");
    let requests = all_requests(&bytes, 65_536).unwrap();
    assert_eq!(requests[0].body, Body::TooLarge(length as u64));
    assert!(requests[1].is_get);
}

#[test]
fn a_client_that_expects_to_continue_is_noticed_once() {
    let mut reader = RequestReader::default();
    reader.buffer.extend_from_slice(
        b"POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
    );
    assert_eq!(reader.advance(), Ok(Progress::ExpectsContinue));
    assert_eq!(reader.advance(), Ok(Progress::Partial));
    reader.buffer.extend_from_slice(b"ok");
    assert!(matches!(reader.advance(), Ok(Progress::Request(_))));
}

#[test]
fn what_is_not_http_is_refused() {
    assert_eq!(
        all_requests(b"\x16\x03\x01hello\r\n\r\n", 100),
        Err(Malformed)
    );
    let chunk = b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
    assert_eq!(all_requests(chunk, 100), Err(Malformed));
}

#[test]
fn a_streamed_answer_is_handed_on_as_it_comes() {
    let bytes = b"POST /a/response HTTP/1.1\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nLambda-Runtime-Function-Error-Type: Late\r\nLambda-Runtime-Function-Error-Body: e30=\r\n\r\nGET /b HTTP/1.1\r\n\r\n";
    for step in [1, 7, bytes.len()] {
        let mut reader = RequestReader::default();
        let (mut body, mut seen) = (Vec::new(), Vec::new());
        for part in bytes.chunks(step) {
            reader.buffer.extend_from_slice(part);
            loop {
                match reader.advance().unwrap() {
                    Progress::Partial => break,
                    Progress::Part(data) => body.extend_from_slice(&data),
                    other => seen.push(other),
                }
            }
        }
        assert_eq!(body, b"abcde");
        let trailers = Trailers {
            error_type: Some("Late".into()),
            error_body: Some("e30=".into()),
        };
        assert!(
            matches!(&seen[0], Progress::Begins(head) if head.content_type.as_deref() == Some("text/plain"))
        );
        assert_eq!(seen[1], Progress::Ends(trailers));
        assert!(matches!(&seen[2], Progress::Request(next) if next.is_get));
    }
}
