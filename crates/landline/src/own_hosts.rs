//! What the node asks of web servers, some of which it is itself: the hosts of its own APIs and function URLs are
//! AWS's names, which lead elsewhere or nowhere. Such a request comes in again by the node's own port.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Request, Response, Uri};
use landline_gateway::deployment::live::LiveStages;
use landline_gateway::{BackendFailure, HttpBackend, HttpClient};
use landline_lambda::Lambda;
use landline_wire::dispatcher::BoxFuture;

/// Sends requests to web servers and to the node itself.
#[derive(Debug)]
pub(crate) struct OwnHosts {
    client: HttpClient,
    address: SocketAddr,
    stages: Arc<LiveStages>,
    /// Known as soon as there are functions.
    pub(crate) lambda: OnceLock<Arc<Lambda>>,
}

impl OwnHosts {
    pub(crate) fn new(address: SocketAddr, stages: Arc<LiveStages>) -> Self {
        Self {
            client: HttpClient::new(),
            address,
            stages,
            lambda: OnceLock::new(),
        }
    }

    /// Whether a host is the name of an API or a function URL that is here.
    fn is_own(&self, host: &str) -> bool {
        let Some((id, rest)) = host.split_once('.') else {
            return false;
        };
        if rest.starts_with("lambda-url.") {
            let lambda = self.lambda.get();
            return lambda.is_some_and(|lambda| lambda.has_url(id));
        }
        rest.starts_with("execute-api.") && !self.stages.stages_of(id).is_empty()
    }

    /// The same request for the node's own port; the host stays in its header.
    fn turned(&self, mut request: Request<Bytes>) -> Request<Bytes> {
        let host = request.uri().host().unwrap_or_default().to_owned();
        if !self.is_own(&host) {
            return request;
        }
        let path = request.uri().path_and_query();
        let path = path.map_or("/", |path| path.as_str());
        let here = Uri::builder()
            .scheme("http")
            .authority(format!("127.0.0.1:{}", self.address.port()))
            .path_and_query(path)
            .build();
        if let (Ok(uri), Ok(host)) = (here, HeaderValue::from_str(&host)) {
            *request.uri_mut() = uri;
            request.headers_mut().entry(HOST).or_insert(host);
        }
        request
    }
}

impl HttpBackend for OwnHosts {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, BackendFailure>> {
        self.client.send(self.turned(request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host_of(url: &str) -> (String, Option<String>) {
        let own = OwnHosts::new(([127, 0, 0, 1], 4566).into(), Arc::new(LiveStages::new()));
        let request = Request::get(url).body(Bytes::new()).unwrap();
        let turned = own.turned(request);
        let header = turned.headers().get(HOST);
        let header = header.map(|host| host.to_str().unwrap().to_owned());
        (turned.uri().to_string(), header)
    }

    #[test]
    fn what_is_not_here_is_asked_where_it_is() {
        for url in [
            "https://example.com/a?b=c",
            "https://abc.execute-api.us-east-1.amazonaws.com/prod",
            "https://abc.lambda-url.us-east-1.on.aws/",
        ] {
            assert_eq!(host_of(url), (url.to_owned(), None));
        }
    }
}
