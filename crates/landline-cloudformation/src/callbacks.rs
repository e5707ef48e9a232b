//! Answers that come later and from outside: a custom resource's function, and whoever signals a wait condition, `PUT`
//! their answer to a URL that only they know. The host of the URL is that of S3 on AWS, and of this node here.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html>

use std::collections::HashMap;

use bytes::Bytes;
use landline_wire::request_id;
use parking_lot::Mutex;
use tokio::sync::mpsc;

use crate::quotas;

/// The answers that are waited for.
#[derive(Debug, Default)]
pub struct Callbacks {
    by_token: Mutex<HashMap<String, Waiting>>,
}

#[derive(Debug)]
struct Waiting {
    stack_id: String,
    answers: mpsc::Sender<Bytes>,
    /// The other end, until somebody waits.
    unclaimed: Option<mpsc::Receiver<Bytes>>,
}

/// One place where answers arrive; nothing arrives any more once it is dropped.
#[derive(Debug)]
pub struct Mailbox<'a> {
    callbacks: &'a Callbacks,
    token: String,
    answers: mpsc::Receiver<Bytes>,
}

impl Callbacks {
    /// Opens a mailbox for a resource of a stack; nothing if there are too many.
    pub fn open(&self, stack_id: &str) -> Option<Mailbox<'_>> {
        self.open_as(stack_id, request_id::uuid())
    }

    /// Opens the mailbox of a known token, with what arrived since it was reserved.
    pub fn open_as(&self, stack_id: &str, token: String) -> Option<Mailbox<'_>> {
        if !self.reserve(stack_id, &token) {
            return None;
        }
        let mut by_token = self.by_token.lock();
        let answers = by_token.get_mut(&token)?.unclaimed.take()?;
        Some(Mailbox {
            callbacks: self,
            token,
            answers,
        })
    }

    /// Lets answers arrive before somebody waits for them; whether there is room.
    pub fn reserve(&self, stack_id: &str, token: &str) -> bool {
        let mut by_token = self.by_token.lock();
        if by_token.contains_key(token) {
            return true;
        }
        if by_token.len() >= quotas::CALLBACKS {
            return false;
        }
        let (sender, answers) = mpsc::channel(quotas::ANSWERS_PER_CALLBACK);
        let waiting = Waiting {
            stack_id: stack_id.to_owned(),
            answers: sender,
            unclaimed: Some(answers),
        };
        by_token.insert(token.to_owned(), waiting);
        true
    }

    /// Lets nothing arrive any more.
    pub fn release(&self, token: &str) {
        self.by_token.lock().remove(token);
    }

    /// Takes an answer; whether anybody waits for it.
    pub fn deliver(&self, token: &str, answer: Bytes) -> bool {
        let by_token = self.by_token.lock();
        by_token
            .get(token)
            .is_some_and(|waiting| waiting.answers.try_send(answer).is_ok())
    }

    /// Lets nobody wait for a resource of the stack any more.
    pub fn abandon(&self, stack_id: &str) {
        self.by_token
            .lock()
            .retain(|_, waiting| waiting.stack_id != stack_id);
    }
}

/// Where the answers for a resource of a stack are to be `PUT`.
pub fn url(region: &str, token: &str) -> String {
    format!(
        "https://{HOST_BEGINNING}{}.s3.{region}.amazonaws.com/{token}?X-Amz-Algorithm=AWS4-HMAC-SHA256",
        region.replace('-', "")
    )
}

/// The secret part of such a URL, or of its path.
pub fn token_in(url: &str) -> Option<&str> {
    let path = url.split('?').next()?;
    path.rsplit('/').next().filter(|token| !token.is_empty())
}

/// Whether a host is one that answers are sent to.
pub fn is_callback_host(host: &str) -> bool {
    host.starts_with(HOST_BEGINNING)
}

const HOST_BEGINNING: &str = "cloudformation-custom-resource-response-";

impl Mailbox<'_> {
    /// The secret part of the URL.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// An answer that is there already.
    pub fn heard(&mut self) -> Option<Bytes> {
        self.answers.try_recv().ok()
    }

    /// The next answer; nothing if the operation shall not wait any longer.
    pub async fn next(&mut self) -> Option<Bytes> {
        self.answers.recv().await
    }
}

impl Drop for Mailbox<'_> {
    fn drop(&mut self) {
        self.callbacks.release(&self.token);
    }
}
