//! HTTP and REST APIs, from a request to its answer.

mod authorizers;
mod cors;
mod functions;
mod policies;
mod rest;
mod tokens;
mod trials;
mod web;
