//! Receipt handles: which message was received, and which time.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_api::sqs::errors;
use landline_wire::ServiceError;

use crate::queue::Queue;

/// What a receipt handle says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Handle {
    pub(super) number: u64,
    pub(super) receipt: u64,
}

impl Handle {
    pub(super) fn text(self, queue: &Queue) -> String {
        let numbers = [queue.id, self.number, self.receipt];
        STANDARD.encode(numbers.map(u64::to_be_bytes).concat())
    }

    /// Reads a handle of this queue.
    pub(super) fn parse(text: &str, queue: &Queue) -> Result<Self, ServiceError> {
        let bytes = STANDARD.decode(text).unwrap_or_default();
        let (numbers, rest) = bytes.as_chunks::<8>();
        match *numbers {
            [id, number, receipt] if rest.is_empty() && u64::from_be_bytes(id) == queue.id => {
                Ok(Self {
                    number: u64::from_be_bytes(number),
                    receipt: u64::from_be_bytes(receipt),
                })
            }
            _ => Err(errors::ReceiptHandleIsInvalid.with(format!(
                "The input receipt handle \"{text}\" is not a valid receipt handle."
            ))),
        }
    }
}
