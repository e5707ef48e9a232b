//! Connections: from the handshake to the last frame.

mod codec;
