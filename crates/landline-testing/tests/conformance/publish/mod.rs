//! "Publish WebSocket APIs": stages, deployments, custom domain names.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-set-up-websocket-deployment.html>

mod certificates;
mod custom_domain_names;
mod default_endpoint;
mod deployments;
mod mutual_tls;
mod stages;
