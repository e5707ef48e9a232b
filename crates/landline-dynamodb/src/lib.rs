//! landline-dynamodb

pub mod number;
pub mod value;
