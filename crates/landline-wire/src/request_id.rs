//! Random identifiers, from one source.

use std::cell::Cell;

/// A version 4 UUID in lower case, the form of `x-amzn-RequestId`.
pub fn uuid() -> String {
    let id = uuid::Builder::from_random_bytes(random_bytes()).into_uuid();
    id.to_string()
}

/// A request id in DynamoDB's form, 52 of `A-Z0-9`: half of it tells requests apart, the rest is the
/// same for all. Made of the id that the logs have, so that one leads to the other.
pub fn long(id: &str) -> String {
    let mut bits = uuid::Uuid::parse_str(id).map_or(0, |id| id.as_u128());
    let mut text = *b"00000000000000000000000000VV4KQNSO5AEMVJF66Q9ASUAAJG";
    for character in text[..26].iter_mut().rev() {
        *character = LONG_ALPHABET[(bits % 32) as usize];
        bits /= 32;
    }
    String::from_utf8_lossy(&text).into_owned()
}

const LONG_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";

/// `N` bytes from the operating system's generator.
///
/// # Panics
///
/// When the operating system cannot give random bytes, which Linux rules out after boot.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if N > POOL_BYTES / 4 {
        fill(&mut bytes);
        return bytes;
    }
    // One call of the system for many ids: every request needs some.
    let mut pool = POOL.take().unwrap_or_else(|| Box::new(Pool::empty()));
    if pool.taken + N > POOL_BYTES {
        fill(&mut pool.bytes);
        pool.taken = 0;
    }
    let given = &mut pool.bytes[pool.taken..pool.taken + N];
    bytes.copy_from_slice(given);
    // What was given to somebody is nobody else's to find.
    given.fill(0);
    pool.taken += N;
    POOL.set(Some(pool));
    bytes
}

fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

/// Random bytes in store, for one thread.
struct Pool {
    bytes: [u8; POOL_BYTES],
    taken: usize,
}

impl Pool {
    fn empty() -> Self {
        Self {
            bytes: [0; POOL_BYTES],
            taken: POOL_BYTES,
        }
    }
}

thread_local! {
    static POOL: Cell<Option<Box<Pool>>> = const { Cell::new(None) };
}

const POOL_BYTES: usize = 512;

/// `length` characters of `alphabet`, as AWS's resource ids are made
/// (an API's id is ten of `a-z0-9`).
pub fn random_text(alphabet: &[u8], length: usize) -> String {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        for byte in random_bytes::<32>() {
            // Rejection keeps every character equally likely.
            let limit = 256 - 256 % alphabet.len();
            if usize::from(byte) < limit && text.len() < length {
                text.push(char::from(alphabet[usize::from(byte) % alphabet.len()]));
            }
        }
    }
    text
}

/// A resource id of API Gateway: `length` of `a-z0-9`, a letter first.
pub fn resource_id(length: usize) -> String {
    let mut id = random_text(b"abcdefghijklmnopqrstuvwxyz", 1);
    id.push_str(&random_text(
        b"abcdefghijklmnopqrstuvwxyz0123456789",
        length.saturating_sub(1),
    ));
    id
}
