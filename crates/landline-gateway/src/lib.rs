//! landline-gateway
