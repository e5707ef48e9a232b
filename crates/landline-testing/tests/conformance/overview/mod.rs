//! "About WebSocket APIs": clients come and go, and functions talk back.

mod callback_messages;
mod connected_users;
mod selection_expressions;
