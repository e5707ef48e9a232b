//! Forms in all pieces, and what is none.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame};
use http_body_util::BodyExt as _;

use super::{boundary, parameter, read};
use crate::body::{BodyError, RequestBody};

/// A body that comes piece by piece.
struct Pieces(VecDeque<Bytes>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
    }
}

fn body(text: &str, piece_bytes: usize) -> RequestBody {
    let pieces = text.as_bytes().chunks(piece_bytes);
    Pieces(pieces.map(Bytes::copy_from_slice).collect()).boxed_unsync()
}

const FORM: &str = "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na\r\nb\r\n\
    --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\x\\\"y\\\".txt\"\r\n\
    Content-Type: text/plain\r\n\r\none\r\n--two\r\n\r\n--b\r\n\
    Content-Disposition: form-data; name=\"late\"\r\n\r\nignored\r\n--b--\r\n";

#[tokio::test]
async fn a_form_is_read_in_pieces_of_any_size() {
    for piece_bytes in 1..FORM.len() {
        let form = read(body(FORM, piece_bytes), "b").await.unwrap();
        assert_eq!(form.fields, [("key".to_owned(), "a\r\nb".to_owned())]);
        let file = form.file.unwrap();
        assert_eq!(file.name, "C:\\x\"y\".txt");
        let bytes = file.body.collect().await.unwrap().to_bytes();
        assert_eq!(bytes, "one\r\n--two\r\n", "in pieces of {piece_bytes}");
    }
}

#[tokio::test]
async fn a_file_may_be_empty_or_a_line_end() {
    for content in ["", "\r\n", "\r\n\r\n", "\r"] {
        let form = format!(
            "--b\r\nContent-Disposition: form-data; name=file\r\n\r\n{content}\r\n--b--\r\n"
        );
        for piece_bytes in 1..form.len() {
            let read = read(body(&form, piece_bytes), "b").await.unwrap();
            let bytes = read.file.unwrap().body.collect().await.unwrap().to_bytes();
            assert_eq!(bytes, content);
        }
    }
}

#[tokio::test]
async fn a_file_without_an_end_is_refused() {
    let cut = &FORM[..FORM.find("two").unwrap()];
    let form = read(body(cut, 7), "b").await.unwrap();
    let read = form.file.unwrap().body.collect().await;
    assert_eq!(read.unwrap_err(), BodyError::Unfinished);
}

#[tokio::test]
async fn fields_have_twenty_kilobytes_together() {
    let long = "x".repeat(30_000);
    let form = FORM.replace("a\r\nb", &long);
    for piece_bytes in [1000, 100_000] {
        let refused = read(body(&form, piece_bytes), "b").await.err().unwrap();
        assert_eq!(refused.code, "MaxPostPreDataLengthExceededError");
    }
}

#[tokio::test]
async fn what_is_no_form_is_refused() {
    for text in [
        "",
        "hello",
        "--c\r\n",
        "--bx\r\n\r\n",
        "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"key\r\n\r\nx\r\n--b--\r\n",
    ] {
        let refused = read(body(text, 5), "b").await.err().unwrap();
        assert_eq!(refused.code, "MalformedPOSTRequest", "{text}");
    }
}

#[test]
fn boundaries_come_with_and_without_quotes() {
    let of = |text: &str| boundary(text);
    assert_eq!(of("multipart/form-data; boundary=a-b"), Some("a-b".into()));
    assert_eq!(
        of("Multipart/Form-Data;charset=utf-8; boundary=\"a;b\""),
        Some("a;b".into())
    );
    assert_eq!(of("multipart/form-data"), None);
    assert_eq!(of("multipart/mixed; boundary=a"), None);
    assert_eq!(parameter(" name=\"a", "name"), None);
}
