//! Identifiers of connections, messages and requests.
//!
//! A connection id is 11 bytes: 54 bits that never repeat, and a keyed tag. Whoever
//! invents or changes an id fails the tag (400), while an id that was once issued
//! stays recognisable for ever without a list of them (410).
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html>.

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use hmac::{Hmac, Mac};
use landline_wire::{Timestamp, request_id};
use sha2::Sha256;

/// The identifier of one connection.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConnectionId([u8; ID_BYTES]);

impl ConnectionId {
    /// The identifier as clients and functions see it, 16 characters.
    pub fn encode(&self) -> String {
        URL_SAFE.encode(self.0)
    }

    /// Which of `count` shards it belongs to. Neighbours go to different shards.
    pub(crate) fn shard(&self, count: usize) -> usize {
        usize::from(self.0[SERIAL_BYTES - 1] ^ self.0[SERIAL_BYTES - 2]) % count
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.encode())
    }
}

impl fmt::Debug for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConnectionId({self})")
    }
}

/// The secret that tags connection ids. It outlives the process: with a new key all
/// ids issued before look invented.
#[derive(Clone)]
pub struct IdKey([u8; 32]);

impl IdKey {
    /// The key that the node keeps.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// A fresh key, for a node without a past.
    pub fn random() -> Self {
        Self(request_id::random_bytes())
    }

    /// The key's bytes, to be kept.
    pub fn secret(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for IdKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdKey(..)")
    }
}

/// Issues and checks identifiers.
pub(crate) struct Ids {
    tag: Hmac<Sha256>,
    /// The last serial issued: milliseconds, then a count within one.
    last: AtomicU64,
    request_seed: u64,
    requests: AtomicU64,
}

impl Ids {
    pub(crate) fn new(key: &IdKey) -> Self {
        // A key of its own, so that the node may use its secret for other things too.
        let mut derived = keyed(&key.0);
        derived.update(b"landline connection id");
        Self {
            tag: keyed(&derived.finalize().into_bytes()),
            last: AtomicU64::new(0),
            request_seed: u64::from_le_bytes(request_id::random_bytes()),
            requests: AtomicU64::new(u64::from_le_bytes(request_id::random_bytes())),
        }
    }

    /// An id for a new connection.
    pub(crate) fn connection(&self, now: Timestamp) -> ConnectionId {
        let serial = self.next_serial(now);
        let mut id = [0; ID_BYTES];
        id[..SERIAL_BYTES].copy_from_slice(&serial);
        id[SERIAL_BYTES..].copy_from_slice(&self.tag_of(serial));
        ConnectionId(id)
    }

    /// An id for a message; it ends as its connection's id does.
    pub(crate) fn message(&self, connection: &ConnectionId, now: Timestamp) -> String {
        let mut id = connection.0;
        id[..SERIAL_BYTES].copy_from_slice(&self.next_serial(now));
        URL_SAFE.encode(id)
    }

    /// An id for a request: 16 characters, unlike any other, of no meaning.
    pub(crate) fn request(&self) -> String {
        let count = self.requests.fetch_add(1, Ordering::Relaxed);
        let mut id = [0; ID_BYTES];
        id[..8].copy_from_slice(&scramble(count ^ self.request_seed).to_le_bytes());
        id[8..].copy_from_slice(&self.request_seed.to_le_bytes()[..3]);
        URL_SAFE.encode(id)
    }

    /// Reads an id that was issued here, at whatever time.
    pub(crate) fn parse(&self, text: &str) -> Option<ConnectionId> {
        let mut id = [0; ID_BYTES];
        let length = URL_SAFE.decode_slice(text, &mut id).ok()?;
        let (serial, tag) = id.split_first_chunk::<SERIAL_BYTES>()?;
        let differs = self
            .tag_of(*serial)
            .iter()
            .zip(tag)
            .fold(0, |differs, (ours, theirs)| differs | (ours ^ theirs));
        (length == ID_BYTES && differs == 0).then_some(ConnectionId(id))
    }

    /// The next of a series that never repeats, not even after a restart: it follows
    /// the clock, and runs ahead of it when more ids are due than fit a millisecond.
    fn next_serial(&self, now: Timestamp) -> [u8; SERIAL_BYTES] {
        let since = u64::try_from(now.as_millis() - EPOCH_MILLIS).unwrap_or(0);
        let at_least = (since & MILLIS_MASK) << COUNT_BITS;
        let mut issued = 0;
        let next = |last: u64| {
            issued = at_least.max(last + 1);
            Some(issued)
        };
        // The closure always gives a value, so that the update always succeeds.
        let _ = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        let mut serial = [0; SERIAL_BYTES];
        serial.copy_from_slice(&issued.to_be_bytes()[8 - SERIAL_BYTES..]);
        serial
    }

    fn tag_of(&self, serial: [u8; SERIAL_BYTES]) -> [u8; TAG_BYTES] {
        let mut mac = self.tag.clone();
        mac.update(&serial);
        let mut tag = [0; TAG_BYTES];
        tag.copy_from_slice(&mac.finalize().into_bytes()[..TAG_BYTES]);
        tag
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids(..)")
    }
}

fn keyed(secret: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(secret).expect("HMAC takes a key of any length")
}

/// The finaliser of `SplitMix64`: a bijection whose outputs look random.
fn scramble(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

const ID_BYTES: usize = 11;
const SERIAL_BYTES: usize = 7;
const TAG_BYTES: usize = ID_BYTES - SERIAL_BYTES;
/// 4096 ids per millisecond.
const COUNT_BITS: u32 = 12;
/// 42 bits of milliseconds last until 2159; the top two bits stay zero for later forms.
const MILLIS_MASK: u64 = (1 << 42) - 1;
/// 2020-01-01T00:00:00Z.
const EPOCH_MILLIS: i64 = 1_577_836_800_000;
