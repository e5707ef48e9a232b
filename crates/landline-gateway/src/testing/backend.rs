//! A web server that answers what a test says, and remembers what it was asked.

use bytes::Bytes;
use http::{Request, Response};
use landline_wire::dispatcher::BoxFuture;
use parking_lot::Mutex;

use crate::integration::{BackendFailure, HttpBackend};

#[derive(Debug, Default)]
pub(crate) struct FakeBackend {
    requests: Mutex<Vec<Request<Bytes>>>,
    answer: Mutex<Option<Response<Bytes>>>,
}

impl FakeBackend {
    /// From now on it answers so; without a word it cannot be reached.
    pub(crate) fn answers(&self, status: u16, headers: &[(&str, &str)], body: &str) {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let response = response.body(Bytes::copy_from_slice(body.as_bytes()));
        *self.answer.lock() = Some(response.unwrap());
    }

    /// The only request that came, taken away.
    pub(crate) fn only_request(&self) -> Request<Bytes> {
        let mut requests = self.requests.lock();
        assert_eq!(requests.len(), 1, "one request was expected");
        requests.pop().unwrap()
    }
}

impl HttpBackend for FakeBackend {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, BackendFailure>> {
        self.requests.lock().push(request);
        let answer = self.answer.lock().clone();
        let answer = answer.ok_or_else(|| BackendFailure::Unreachable("nobody listens".into()));
        Box::pin(std::future::ready(answer))
    }
}
