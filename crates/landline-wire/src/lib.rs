//! landline-wire
