//! Random identifiers, from one source.

/// A version 4 UUID in lower case, the form of `x-amzn-RequestId`.
pub fn uuid() -> String {
    #[expect(clippy::disallowed_methods, reason = "the one source of random UUIDs")]
    let id = uuid::Uuid::new_v4();
    id.to_string()
}

/// `N` bytes from the operating system's generator.
///
/// # Panics
///
/// When the operating system cannot give random bytes, which Linux rules out after boot.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

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
