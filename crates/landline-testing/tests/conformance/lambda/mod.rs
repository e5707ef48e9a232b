//! Functions beside WebSocket APIs: what calls them, in the order of Lambda's developer guide.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/lambda-invocation.html>

mod dynamodb_streams;
mod events;
mod function_urls;
mod s3;
mod sns;

use landline_api::lambda as api;
use landline_testing::Node;

/// Makes a function; what it does is scripted.
async fn create_function(node: &Node, name: &str) {
    // The end of a zip file without entries is a whole zip file.
    let mut zip = b"PK\x05\x06".to_vec();
    zip.resize(22, 0);
    node.call::<api::CreateFunction>(api::CreateFunctionInput {
        function_name: name.to_owned(),
        runtime: Some(api::Runtime::ProvidedAl2023),
        role: "arn:aws:iam::123456789012:role/test".to_owned(),
        handler: Some("bootstrap".to_owned()),
        code: api::FunctionCode {
            zip_file: Some(zip.into()),
            ..Default::default()
        },
        ..Default::default()
    })
    .await;
}
