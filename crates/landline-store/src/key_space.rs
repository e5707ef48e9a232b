//! The first byte of a key says whose it is. An enumeration, so that the compiler refuses a byte that is
//! taken already.

/// Who writes keys of his own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum KeySpace {
    /// The records of a [`Collection`](crate::Collection).
    Collections = 0x01,
    /// DynamoDB: the rows of tables and of their indexes.
    TableRows = 0x02,
    /// CloudWatch Logs: events.
    LogEvents = 0x03,
    /// DynamoDB: the records of streams.
    StreamRecords = 0x04,
    /// DynamoDB: changes of indexes that wait for their time in strict mode.
    IndexChanges = 0x05,
    /// SQS: messages.
    QueueMessages = 0x06,
    /// DynamoDB: the tokens of transactions.
    TransactionTokens = 0x07,
    /// S3: versions of objects, and parts.
    Objects = b'S',
}

impl KeySpace {
    /// What the keys begin with.
    pub const fn byte(self) -> u8 {
        self as u8
    }
}
