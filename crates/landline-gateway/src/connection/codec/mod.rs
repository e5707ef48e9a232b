//! RFC 6455, the server's side, without any I/O.
//!
//! [`Decoder`] turns bytes from a client into [`Event`]s, [`encode`] turns messages
//! into frames. API Gateway takes text only, small frames only, and no extensions.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html>.

mod close;
mod decoder;
pub(crate) mod encode;
mod header;
mod mask;
#[cfg(test)]
mod tests;

pub(crate) use close::Close;
pub(crate) use decoder::{Decoder, Event, Input};

/// Why a connection cannot go on; each has its close code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// The bytes break RFC 6455.
    #[error("{0}")]
    Protocol(&'static str),
    /// A binary frame; WebSocket APIs take text only.
    #[error("Binary messages are not supported")]
    Binary,
    /// Text that is not UTF-8.
    #[error("Text is not valid UTF-8")]
    NotUtf8,
    /// A frame or a message beyond its limit.
    #[error("Message too big")]
    TooBig,
}

impl Failure {
    /// The close frame that tells the client.
    pub(crate) fn close(self) -> Close {
        let code = match self {
            Self::Protocol(_) => 1002,
            Self::Binary => 1003,
            Self::NotUtf8 => 1007,
            Self::TooBig => 1009,
        };
        Close::new(code, &self.to_string())
    }
}

/// What a frame carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opcode {
    Continuation,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

impl Opcode {
    fn from_bits(bits: u8) -> Option<Self> {
        Some(match bits {
            0x0 => Self::Continuation,
            0x1 => Self::Text,
            0x2 => Self::Binary,
            0x8 => Self::Close,
            0x9 => Self::Ping,
            0xA => Self::Pong,
            _ => return None,
        })
    }

    fn bits(self) -> u8 {
        match self {
            Self::Continuation => 0x0,
            Self::Text => 0x1,
            Self::Binary => 0x2,
            Self::Close => 0x8,
            Self::Ping => 0x9,
            Self::Pong => 0xA,
        }
    }

    fn is_control(self) -> bool {
        matches!(self, Self::Close | Self::Ping | Self::Pong)
    }
}

const CONTROL_BYTES: usize = 125;
