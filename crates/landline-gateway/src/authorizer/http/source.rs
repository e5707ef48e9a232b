//! Identity sources of a request: what it must bring, and what answers are kept by.

use super::Entrance;
use crate::deployment::snapshot::IdentitySource;
use crate::mapping::Variables;
use crate::message::subject::{Event, Subject};

/// The value of every source, or nothing where one is missing or empty.
pub(super) fn values(sources: &[IdentitySource], entrance: &Entrance<'_>) -> Option<Vec<String>> {
    sources
        .iter()
        .map(|source| value(source, entrance))
        .collect()
}

/// The value of one source.
pub(super) fn value(source: &IdentitySource, entrance: &Entrance<'_>) -> Option<String> {
    let head = &entrance.call.head;
    let last = |values: &[String]| values.last().cloned();
    let value = match source {
        IdentitySource::Header(name) => head.header_values(name).and_then(last),
        IdentitySource::QueryString(name) => head.query_values(name).and_then(last),
        IdentitySource::StageVariable(name) => entrance.stage.variables.get(name).cloned(),
        IdentitySource::Context(path) => {
            let subject = subject(entrance);
            let value = crate::integration::parameters::context(&subject as &dyn Variables, path);
            value.and_then(crate::integration::parameters::into_text)
        }
    };
    value.filter(|value| !value.is_empty())
}

/// What `$context` is before anybody is let in.
pub(super) fn subject<'a>(entrance: &Entrance<'a>) -> Subject<'a> {
    Subject {
        plane: entrance.plane,
        slot: entrance.slot,
        stage: entrance.stage,
        connection: None,
        route_key: Some(entrance.route.key.as_str()),
        request_id: entrance.request_id,
        time: entrance.time,
        event: Event::Http(entrance.call),
    }
}
