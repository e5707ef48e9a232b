//! "Publish WebSocket APIs": stages and deployments.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-set-up-websocket-deployment.html>

mod deployments;
mod stages;
