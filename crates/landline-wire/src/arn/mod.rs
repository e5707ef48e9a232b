//! Amazon Resource Names.

use std::fmt;

/// `arn:partition:service:region:account:resource`, borrowed from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: &'a str,
    /// The service's name.
    pub service: &'a str,
    /// The region; empty for global services.
    pub region: &'a str,
    /// The twelve-digit account; empty where a service leaves it out.
    pub account_id: &'a str,
    /// All after the fifth colon, colons and slashes included.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart; `None` when the text is not one.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let arn = parts.next() == Some("arn");
        let (partition, service) = (parts.next()?, parts.next()?);
        let (region, account_id, resource) = (parts.next()?, parts.next()?, parts.next()?);
        (arn && !partition.is_empty() && !service.is_empty() && !resource.is_empty()).then_some(
            Self {
                partition,
                service,
                region,
                account_id,
                resource,
            },
        )
    }
}

impl fmt::Display for Arn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            partition,
            service,
            region,
            account_id,
            resource,
        } = self;
        write!(
            f,
            "arn:{partition}:{service}:{region}:{account_id}:{resource}"
        )
    }
}

/// Whether `text` matches `pattern`, where `*` stands for any run of characters
/// and `?` for one, as in IAM policies. Linear in time for each `*`: the matcher
/// only ever goes back to the latest one.
pub fn wildcard_matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(&byte) if byte == b'?' || byte == text[t] => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((star, from)) = retry else {
                    return false;
                };
                retry = Some((star, from + 1));
                p = star + 1;
                t = from + 1;
            }
        }
    }
    pattern[p..].iter().all(|&byte| byte == b'*')
}

#[cfg(test)]
mod tests;
