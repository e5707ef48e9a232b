//! `ListUsers`, and its filters.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use landline_api::cognito_idp as api;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::size;
use crate::Cognito;
use crate::errors::{invalid, unreadable};
use crate::quotas::SCAN_STEP;
use crate::user::{USERS, UserRecord, key};

/// `email ^= "ada"`.
#[derive(Debug, PartialEq, Eq)]
struct Filter {
    attribute: String,
    value: String,
    how: How,
}

#[derive(Debug, PartialEq, Eq)]
enum How {
    Is,
    BeginsWith,
}

/// What users may be looked for by.
const SEARCHED: [&str; 10] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
    "sub",
];

impl Filter {
    fn parse(text: &str) -> Result<Option<Self>, ServiceError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let refuse = || invalid("Error while parsing filter.");
        let (left, right) = text.split_once('=').ok_or_else(refuse)?;
        let (left, how) = match left.trim_end().strip_suffix('^') {
            Some(left) => (left, How::BeginsWith),
            None => (left, How::Is),
        };
        let attribute = left.trim().trim_matches('"').to_owned();
        let quoted = right.trim();
        let value = quoted.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let value = value.ok_or_else(refuse)?.replace("\\\"", "\"");
        if !SEARCHED.contains(&attribute.as_str()) {
            return Err(invalid(format!("Invalid search attribute: {attribute}")));
        }
        Ok(Some(Self {
            attribute,
            value,
            how,
        }))
    }

    fn matches(&self, user: &UserRecord) -> bool {
        let status = user.status.shown();
        let value = match self.attribute.as_str() {
            "username" => Some(user.username.as_str()),
            "sub" => Some(user.sub.as_str()),
            "cognito:user_status" => Some(status.as_str()),
            "status" if user.is_enabled => Some("Enabled"),
            "status" => Some("Disabled"),
            other => user.attribute(other),
        };
        value.is_some_and(|value| match self.how {
            How::Is => value.eq_ignore_ascii_case(&self.value),
            How::BeginsWith => {
                let beginning = value.get(..self.value.len());
                beginning.is_some_and(|it| it.eq_ignore_ascii_case(&self.value))
            }
        })
    }
}

impl Handler<api::ListUsers> for Cognito {
    async fn handle(
        &self,
        input: api::ListUsersInput,
        _caller: &Caller,
    ) -> Result<api::ListUsersOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let filter = Filter::parse(input.filter.as_deref().unwrap_or_default())?;
        let size = size(input.limit);
        let prefix = format!("{}\n", pool.id);
        let mut after = input.pagination_token.map(|token| {
            let name = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
            key(&pool.id, &String::from_utf8_lossy(&name))
        });
        // One more than is shown tells whether there is another page.
        let mut found: Vec<(String, UserRecord)> = Vec::new();
        loop {
            let step = if filter.is_some() {
                SCAN_STEP
            } else {
                size + 1
            };
            let read = self
                .store
                .read(|reader| USERS.page_in(reader, &prefix, after.as_deref(), step));
            let users = read.map_err(unreadable)?;
            let is_end = users.len() < step;
            after = users.last().map(|(id, _)| id.clone());
            let wanted = users
                .into_iter()
                .filter(|(_, user)| filter.as_ref().is_none_or(|filter| filter.matches(user)));
            found.extend(wanted);
            if is_end || found.len() > size {
                break;
            }
            tokio::task::yield_now().await;
        }
        let has_more = found.len() > size;
        found.truncate(size);
        let last = found.last().filter(|_| has_more);
        let token = last.map(|(id, _)| URL_SAFE_NO_PAD.encode(&id[prefix.len()..]));
        let wanted = input.attributes_to_get.filter(|names| !names.is_empty());
        let users = found.iter().map(|(_, user)| {
            let mut shown = user.shown();
            if let (Some(wanted), Some(attributes)) = (&wanted, &mut shown.attributes) {
                attributes.retain(|it| wanted.contains(&it.name));
            }
            shown
        });
        Ok(api::ListUsersOutput {
            users: Some(users.collect()),
            pagination_token: token,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_names_an_attribute_and_a_value() {
        let parse = |text: &str| Filter::parse(text).ok().flatten();
        let filter = parse("email = \"ada@example.com\"").unwrap();
        assert_eq!((filter.attribute.as_str(), filter.how), ("email", How::Is));
        let filter = parse("\"username\"^=\"a=b\"").unwrap();
        assert_eq!(
            (filter.value.as_str(), filter.how),
            ("a=b", How::BeginsWith)
        );
        assert_eq!(parse(" "), None);
        for text in ["email", "email = ada", "custom:x = \"y\"", "= \"\""] {
            assert!(Filter::parse(text).is_err(), "{text}");
        }
    }
}
