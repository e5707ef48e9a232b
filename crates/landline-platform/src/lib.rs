//! landline-platform
