//! HTTP and REST APIs, from a request to its answer.

mod authorizers;
mod cors;
mod functions;
mod rest;
mod tokens;
mod web;
