//! DynamoDB elsewhere: the real one, or another endpoint that speaks its protocol, in the place of the embedded one.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue};
use http::{Request, Response};
use landline_gateway::{HttpBackend as _, HttpClient};
use landline_wire::Clock;
use landline_wire::dispatcher::BoxFuture;
use landline_wire::protocol::remote::Transport;
use landline_wire::sigv4::{Signer, WireRequest, sign};

use crate::config::ExternalDynamoDb;

/// Signs requests with the keys that the owner has configured, and sends them.
#[derive(Debug)]
pub(crate) struct Endpoint {
    settings: ExternalDynamoDb,
    client: HttpClient,
    clock: Arc<dyn Clock>,
}

impl Endpoint {
    pub(crate) fn new(settings: ExternalDynamoDb, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self {
            settings,
            client: HttpClient::new(),
            clock,
        })
    }

    fn request(
        &self,
        target: &str,
        content_type: &str,
        body: Bytes,
    ) -> Result<Request<Bytes>, http::Error> {
        let settings = &self.settings;
        let host = settings.endpoint.authority().map_or("", |it| it.as_str());
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_str(host)?);
        headers.insert(CONTENT_TYPE, HeaderValue::from_str(content_type)?);
        headers.insert("x-amz-target", HeaderValue::from_str(target)?);
        let wire = WireRequest {
            method: "POST",
            path: "/",
            query: "",
            headers: &headers,
            body: &body,
        };
        let signer = Signer {
            access_key_id: settings.access_key_id.clone(),
            secret_access_key: settings.secret_access_key.reveal().to_owned(),
            region: settings.region.clone(),
            service: "dynamodb".to_owned(),
        };
        let signature = sign(&wire, &signer, self.clock.now());
        headers.extend(signature);
        let mut request = Request::post(settings.endpoint.clone()).body(body)?;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

impl Transport for Endpoint {
    fn send<'a>(
        &'a self,
        target: &'a str,
        content_type: &'a str,
        body: Bytes,
    ) -> BoxFuture<'a, Result<Response<Bytes>, String>> {
        Box::pin(async move {
            let request = self.request(target, content_type, body);
            let request = request.map_err(|error| error.to_string())?;
            let answered = self.client.send(request).await;
            answered.map_err(|failure| failure.to_string())
        })
    }
}
