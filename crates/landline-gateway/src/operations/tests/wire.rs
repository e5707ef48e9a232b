//! Requests as tools send them: encoded paths, bodies, statuses.

use bytes::Bytes;
use http::{Method, Response};

use super::*;

#[tokio::test]
async fn tags_are_found_by_an_encoded_arn() {
    let plane = Plane::new();
    let arn = format!(
        "arn%3Aaws%3Aapigateway%3Aeu-central-1%3A%3A%2Fapis%2F{}",
        plane.api().await
    );
    let path = format!("/v2/tags/{arn}");
    let tagged = plane
        .request(Method::POST, &path, r#"{"tags":{"a":"1"}}"#)
        .await;
    assert_eq!(tagged.status(), 201);
    let read = plane.request(Method::GET, &path, "").await;
    assert_eq!(read.body(), r#"{"tags":{"a":"1"}}"#);
    let path = format!("{path}?tagKeys=a");
    let untagged = plane.request(Method::DELETE, &path, "").await;
    assert_eq!(untagged.status(), 204);
}

#[tokio::test]
async fn settings_are_deleted_by_an_encoded_route_key() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.route(&api_id, "$connect").await;
    let path = format!("/v2/apis/{api_id}/stages/prod");
    let body = r#"{"routeSettings":{"$connect":{"throttlingRateLimit":1}}}"#;
    let updated = plane.request(Method::PATCH, &path, body).await;
    assert_eq!(updated.status(), 200);
    let path = format!("{path}/routesettings/%24connect");
    let deleted = plane.request(Method::DELETE, &path, "").await;
    assert_eq!((deleted.status().as_u16(), deleted.body().len()), (204, 0));
}

#[tokio::test]
async fn a_refusal_has_its_type_in_a_header_and_its_message_in_the_body() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let path = format!("/v2/apis/{api_id}/deployments");
    let refused = plane.request(Method::POST, &path, "{}").await;
    assert_eq!(refused.status(), 400);
    assert_eq!(refused.headers()["x-amzn-errortype"], "BadRequestException");
    assert_eq!(
        refused.body(),
        r#"{"message":"At least one route is required before deploying the Api"}"#
    );
}

impl Plane {
    pub(super) async fn request(&self, method: Method, path: &str, body: &str) -> Response<Bytes> {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("host", "apigateway.eu-central-1.amazonaws.com")
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .unwrap();
        landline_wire::protocol::serve(&self.dispatcher, request, Some("apigateway"), &self.caller)
            .await
    }
}
