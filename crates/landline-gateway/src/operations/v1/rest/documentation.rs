//! Documentation of REST APIs: parts, each about one entity of the API, and versions, which hold the parts as they were.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api.html>.

use landline_api::apigateway::{
    CreateDocumentationPart, CreateDocumentationPartInput, DeleteDocumentationPart,
    DeleteDocumentationPartInput, DocumentationPart, DocumentationPartIds,
    DocumentationPartLocation, DocumentationPartType, DocumentationParts, GetDocumentationPart,
    GetDocumentationPartInput, GetDocumentationParts, GetDocumentationPartsInput,
    ImportDocumentationParts, ImportDocumentationPartsInput, LocationStatusType, PutMode,
    UpdateDocumentationPart, UpdateDocumentationPartInput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, NewIds, ServiceError};
use serde_json::{Map, Value};

use super::super::super::ApiGateway;
use super::super::super::openapi::Definition;
use super::super::page::page;
use super::undocumented::{Place, undocumented};
use super::{fresh, missing, no_api, patch_json};
use crate::quotas::DOCUMENTATION_PARTS;
use crate::state::rest::RestRecord;
use crate::state::{Stored, bad_request, conflict};

impl Handler<CreateDocumentationPart> for ApiGateway {
    async fn handle(
        &self,
        input: CreateDocumentationPartInput,
        caller: &Caller,
    ) -> Result<DocumentationPart, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let mut ids = caller.new_ids();
        self.change_rest(input.rest_api_id, absence, move |record| {
            let location = located(input.location)?;
            object(&input.properties)?;
            if find(record, &location).is_some() {
                return Err(conflict(
                    "Documentation part already exists for the specified location.",
                ));
            }
            put(record, location, input.properties, &mut ids)
        })
        .await
    }
}

/// What a part is about: a type that has paths is about all of them where it names none.
fn located(location: DocumentationPartLocation) -> Result<DocumentationPartLocation, ServiceError> {
    use DocumentationPartType as Type;
    let kind = &location.r#type;
    let has_path = !matches!(kind, Type::Api | Type::Authorizer | Type::Model);
    let has_method = has_path && !matches!(kind, Type::Resource);
    let has_status = matches!(
        kind,
        Type::Response | Type::ResponseHeader | Type::ResponseBody
    );
    let has_name = matches!(
        kind,
        Type::Authorizer
            | Type::Model
            | Type::PathParameter
            | Type::QueryParameter
            | Type::RequestHeader
            | Type::ResponseHeader
    );
    for (name, given, may) in [
        ("path", &location.path, has_path),
        ("method", &location.method, has_method),
        ("statusCode", &location.status_code, has_status),
        ("name", &location.name, has_name),
    ] {
        if given.is_some() && !may {
            return Err(bad_request(format!(
                "Invalid location: {name} is not a field of a documentation part of this type"
            )));
        }
    }
    if has_name && location.name.is_none() {
        return Err(bad_request("Invalid location: name is required"));
    }
    let default = |given: Option<String>, may: bool, text: &str| {
        given.or_else(|| may.then(|| text.to_owned()))
    };
    Ok(DocumentationPartLocation {
        path: default(location.path, has_path, "/"),
        method: default(location.method, has_method, "*"),
        status_code: default(location.status_code, has_status, "*"),
        ..location
    })
}

/// The properties of a part, which are a map.
fn object(properties: &str) -> Result<Map<String, Value>, ServiceError> {
    match serde_json::from_str(properties) {
        Ok(Value::Object(map)) => Ok(map),
        _ => Err(bad_request(
            "Invalid documentation part properties: they must be a valid JSON object",
        )),
    }
}

fn find<'a>(
    record: &'a mut RestRecord,
    location: &DocumentationPartLocation,
) -> Option<&'a mut DocumentationPart> {
    let mut parts = record.documentation.values_mut();
    let found = parts.find(|Stored(part)| part.location.as_ref() == Some(location));
    found.map(|Stored(part)| part)
}

fn put(
    record: &mut RestRecord,
    location: DocumentationPartLocation,
    properties: String,
    ids: &mut NewIds,
) -> Result<DocumentationPart, ServiceError> {
    if record.documentation.len() >= DOCUMENTATION_PARTS {
        return Err(bad_request(format!(
            "Maximum number of documentation parts for this API has been reached: {DOCUMENTATION_PARTS}"
        )));
    }
    let id = fresh(6, &record.documentation, ids);
    let part = DocumentationPart {
        id: Some(id.clone()),
        location: Some(location),
        properties: Some(properties),
    };
    record.documentation.insert(id, Stored(part.clone()));
    Ok(part)
}

impl Handler<GetDocumentationPart> for ApiGateway {
    async fn handle(
        &self,
        input: GetDocumentationPartInput,
        caller: &Caller,
    ) -> Result<DocumentationPart, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let mut record = self.rest(&input.rest_api_id, absence)?;
        let found = record.documentation.remove(&input.documentation_part_id);
        found
            .map(|Stored(it)| it)
            .ok_or_else(|| missing("Documentation part"))
    }
}

impl Handler<GetDocumentationParts> for ApiGateway {
    async fn handle(
        &self,
        input: GetDocumentationPartsInput,
        caller: &Caller,
    ) -> Result<DocumentationParts, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let record = self.rest(&input.rest_api_id, absence)?;
        let all = match input.location_status {
            Some(LocationStatusType::Undocumented) => undocumented(&record),
            _ => documented(record),
        };
        let is_wanted = |part: &DocumentationPart| {
            let Some(location) = &part.location else {
                return false;
            };
            let is = |wanted: &Option<String>, has: &Option<String>| {
                wanted.as_ref().is_none_or(|it| Some(it) == has.as_ref())
            };
            let is_named = |query: &str| {
                let name = location.name.as_deref();
                name.is_some_and(|name| name.contains(query))
            };
            input
                .r#type
                .as_ref()
                .is_none_or(|it| *it == location.r#type)
                && is(&input.path, &location.path)
                && input.name_query.as_deref().is_none_or(is_named)
        };
        let all = all.into_iter().filter(|it| is_wanted(&it.part));
        let page = page(
            all.collect(),
            |it: &Place| &it.key,
            input.limit,
            input.position.as_deref(),
        )?;
        let items = page.items.into_iter();
        Ok(DocumentationParts {
            items: Some(items.map(|it| it.part).collect()),
            position: page.position,
        })
    }
}

/// The parts of an API, which are found by their identifiers.
fn documented(record: RestRecord) -> Vec<Place> {
    let parts = record.documentation.into_iter();
    let parts = parts.map(|(key, Stored(part))| Place { key, part });
    parts.collect()
}

impl Handler<UpdateDocumentationPart> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateDocumentationPartInput,
        caller: &Caller,
    ) -> Result<DocumentationPart, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let known = record.documentation.get_mut(&input.documentation_part_id);
            let Stored(known) = known.ok_or_else(|| missing("Documentation part"))?;
            let steps = input.patch_operations.iter().flatten();
            // What a part is about stays.
            for step in steps {
                if step.path.as_deref() != Some("/properties") {
                    let path = step.path.as_deref().unwrap_or_default();
                    return Err(bad_request(format!(
                        "Invalid patch path '{path}' specified for op 'replace'. Must be one of: [/properties]"
                    )));
                }
            }
            let changed: DocumentationPart =
                patch_json::apply(known, input.patch_operations.as_ref())?;
            object(changed.properties.as_deref().unwrap_or_default())?;
            *known = changed;
            Ok(known.clone())
        })
        .await
    }
}

impl Handler<DeleteDocumentationPart> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteDocumentationPartInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let removed = record.documentation.remove(&input.documentation_part_id);
            removed.ok_or_else(|| missing("Documentation part"))?;
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<ImportDocumentationParts> for ApiGateway {
    async fn handle(
        &self,
        input: ImportDocumentationPartsInput,
        caller: &Caller,
    ) -> Result<DocumentationPartIds, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let mut ids = caller.new_ids();
        let definition = Definition::parse(&input.body)?;
        let given = definition.get(&["x-amazon-apigateway-documentation", "documentationParts"]);
        let Some(given) = given.and_then(Value::as_array).cloned() else {
            return Err(bad_request(
                "Invalid OpenAPI input: it has no x-amazon-apigateway-documentation",
            ));
        };
        self.change_rest(input.rest_api_id, absence, move |record| {
            if input.mode == Some(PutMode::Overwrite) {
                record.documentation.clear();
            }
            let mut made = Vec::new();
            for part in given {
                made.push(import(record, &part, &mut ids)?);
            }
            Ok(DocumentationPartIds {
                ids: Some(made),
                warnings: Some(Vec::new()),
            })
        })
        .await
    }
}

/// Adds a part of a definition, or what it says to the part that is there.
fn import(record: &mut RestRecord, part: &Value, ids: &mut NewIds) -> Result<String, ServiceError> {
    let invalid = || bad_request("Invalid OpenAPI input: a documentation part has no location");
    let location = part.get("location").cloned().ok_or_else(invalid)?;
    let location = serde_json::from_value::<Stored<DocumentationPartLocation>>(location);
    let location = located(location.map_err(|_| invalid())?.0)?;
    let empty = Value::Object(Map::new());
    let properties = part.get("properties").unwrap_or(&empty).to_string();
    let added = object(&properties)?;
    let Some(known) = find(record, &location) else {
        let made = put(record, location, properties, ids)?;
        return Ok(made.id.unwrap_or_default());
    };
    let mut merged = object(known.properties.as_deref().unwrap_or("{}"))?;
    merged.extend(added);
    known.properties = Some(Value::Object(merged).to_string());
    Ok(known.id.clone().unwrap_or_default())
}
