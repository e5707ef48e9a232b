//! landline-api
