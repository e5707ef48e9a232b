//! landline-dynamodb
