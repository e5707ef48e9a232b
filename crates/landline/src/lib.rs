//! landline
pub mod tls;
