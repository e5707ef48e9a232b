//! landline-dynamodb

pub mod expression;
pub mod item;
pub mod key;
pub mod number;
pub mod value;
