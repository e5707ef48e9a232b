//! What the front door answers an authority that asks whether a name leads here
//! (`http-01`, RFC 8555, section 8.3).

use std::collections::HashMap;

use parking_lot::Mutex;

/// Challenges that are answered at once; there is one for each order in flight.
const OPEN_MAX: usize = 16;

/// Open challenges: the key authorization by the token.
#[derive(Debug, Default)]
pub struct Challenges {
    open: Mutex<HashMap<String, String>>,
}

/// Answers a challenge for as long as it lives.
#[derive(Debug)]
pub struct Answered<'a> {
    challenges: &'a Challenges,
    token: String,
}

impl Challenges {
    /// The path below which an authority asks.
    pub const PATH: &'static str = "/.well-known/acme-challenge/";

    /// Answers a challenge from now on.
    pub fn answer(&self, token: &str, key_authorization: &str) -> Answered<'_> {
        let mut open = self.open.lock();
        if open.len() >= OPEN_MAX {
            open.clear();
        }
        open.insert(token.to_owned(), key_authorization.to_owned());
        Answered {
            challenges: self,
            token: token.to_owned(),
        }
    }

    /// The answer for a path, if it is a challenge's that is open.
    pub fn find(&self, path: &str) -> Option<String> {
        let token = path.strip_prefix(Self::PATH)?;
        self.open.lock().get(token).cloned()
    }
}

impl Drop for Answered<'_> {
    fn drop(&mut self) {
        self.challenges.open.lock().remove(&self.token);
    }
}
