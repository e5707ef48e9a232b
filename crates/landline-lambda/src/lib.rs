//! landline-lambda
