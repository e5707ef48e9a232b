//! landline-store
