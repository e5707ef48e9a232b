//! landline-dynamodb

pub mod number;
