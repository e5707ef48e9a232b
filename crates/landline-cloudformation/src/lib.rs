//! landline-cloudformation
