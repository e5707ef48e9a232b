//! landline-testing
