//! The places of a REST API that no part of its documentation is about.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api-content-representation.html>.

use std::collections::BTreeSet;

use landline_api::apigateway::{
    DocumentationPart, DocumentationPartLocation, DocumentationPartType as Type, Method,
};

use crate::state::Stored;
use crate::state::rest::RestRecord;

/// A place without a part, and a name to find its page by.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) key: String,
    pub(super) part: DocumentationPart,
}

/// All places, in the order of their names.
pub(super) fn undocumented(record: &RestRecord) -> Vec<Place> {
    let known = record.documentation.values();
    let known: Vec<&DocumentationPartLocation> = known
        .filter_map(|Stored(part)| part.location.as_ref())
        .collect();
    let all = locations(record).into_iter();
    let open = all.filter(|location| !known.contains(&location));
    let place = |location: DocumentationPartLocation| Place {
        key: key(&location),
        part: DocumentationPart {
            location: Some(location),
            ..DocumentationPart::default()
        },
    };
    let mut places: Vec<Place> = open.map(place).collect();
    places.sort_by(|one, other| one.key.cmp(&other.key));
    places
}

fn key(location: &DocumentationPartLocation) -> String {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let parts = [
        location.r#type.as_str().to_owned(),
        text(&location.path),
        text(&location.method),
        text(&location.status_code),
        text(&location.name),
    ];
    parts.join(" ")
}

fn locations(record: &RestRecord) -> Vec<DocumentationPartLocation> {
    let whole = |kind: Type, name: Option<String>| DocumentationPartLocation {
        r#type: kind,
        name,
        ..DocumentationPartLocation::default()
    };
    let mut all = vec![whole(Type::Api, None)];
    for Stored(it) in record.authorizers.values() {
        all.push(whole(Type::Authorizer, it.name.clone()));
    }
    for name in record.models.keys() {
        all.push(whole(Type::Model, Some(name.clone())));
    }
    for Stored(resource) in record.resources.values() {
        let at = |kind: Type| DocumentationPartLocation {
            r#type: kind,
            path: resource.path.clone(),
            ..DocumentationPartLocation::default()
        };
        all.push(at(Type::Resource));
        for (name, method) in resource.resource_methods.iter().flatten() {
            let path = resource.path.as_deref().unwrap_or_default();
            let at = |kind: Type| DocumentationPartLocation {
                method: Some(name.clone()),
                ..at(kind)
            };
            all.extend(of_method(path, method, at));
        }
    }
    all
}

/// The places of one method.
fn of_method(
    path: &str,
    method: &Method,
    at: impl Fn(Type) -> DocumentationPartLocation,
) -> Vec<DocumentationPartLocation> {
    let named = |kind: Type, name: &str| DocumentationPartLocation {
        name: Some(name.to_owned()),
        ..at(kind)
    };
    let mut all = vec![at(Type::Method), at(Type::RequestBody)];
    let variables = path.split('/');
    let variables = variables.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut variables: BTreeSet<&str> = variables.map(|it| it.trim_end_matches('+')).collect();
    for (place, _) in method.request_parameters.iter().flatten() {
        let place = place.trim_start_matches("method.request.");
        match place.split_once('.') {
            Some(("path", name)) => {
                variables.insert(name);
            }
            Some(("querystring", name)) => all.push(named(Type::QueryParameter, name)),
            Some(("header", name)) => all.push(named(Type::RequestHeader, name)),
            _ => {}
        }
    }
    all.extend(
        variables
            .iter()
            .map(|name| named(Type::PathParameter, name)),
    );
    for (status, response) in method.method_responses.iter().flatten() {
        let of_status = |location: DocumentationPartLocation| DocumentationPartLocation {
            status_code: Some(status.clone()),
            ..location
        };
        all.push(of_status(at(Type::Response)));
        all.push(of_status(at(Type::ResponseBody)));
        let headers = response.response_parameters.iter().flatten();
        let headers = headers.filter_map(|(name, _)| name.strip_prefix("method.response.header."));
        all.extend(headers.map(|name| of_status(named(Type::ResponseHeader, name))));
    }
    all
}
