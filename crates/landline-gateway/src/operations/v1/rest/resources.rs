//! Resources: the tree of paths.

use std::collections::BTreeMap;

use landline_api::apigateway::{
    CreateResource, CreateResourceInput, DeleteResource, DeleteResourceInput, GetResource,
    GetResourceInput, GetResources, GetResourcesInput, Method, PatchOperation, Resource, Resources,
    UpdateResource, UpdateResourceInput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, NewIds, ServiceError};

use super::super::super::ApiGateway;
use super::super::page::page;
use super::super::patch;
use super::{fresh, missing, no_api, patch_json};
use crate::state::rest::RestRecord;
use crate::state::{Stored, bad_request, conflict, quota_reached};

impl Handler<CreateResource> for ApiGateway {
    async fn handle(
        &self,
        input: CreateResourceInput,
        caller: &Caller,
    ) -> Result<Resource, ServiceError> {
        let mut ids = caller.new_ids();
        let limit = self.limits.routes_per_api;
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            if record.resources.len() > limit {
                return Err(quota_reached("Resources", "API"));
            }
            let id = add(record, &input.parent_id, &input.path_part, &mut ids)?;
            Ok(record.resources[&id].0.clone())
        })
        .await
    }
}

/// Adds a resource below another; its identifier.
pub(super) fn add(
    record: &mut RestRecord,
    parent_id: &str,
    part: &str,
    ids: &mut NewIds,
) -> Result<String, ServiceError> {
    let parent = record.resources.get(parent_id);
    let Stored(parent) = parent.ok_or_else(|| missing("Resource"))?;
    if !is_part(part) {
        return Err(bad_request(
            "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
        ));
    }
    let greedy = parent.path_part.as_deref();
    if let Some(greedy) = greedy.filter(|part| part.ends_with("+}")) {
        return Err(bad_request(format!(
            "Cannot create a child of a resource with a greedy path variable: {greedy}"
        )));
    }
    expect_name(record, parent_id, part, None)?;
    let path = join(parent.path.as_deref().unwrap_or("/"), part);
    let id = fresh(6, &record.resources, ids);
    let resource = Resource {
        id: Some(id.clone()),
        parent_id: Some(parent_id.to_owned()),
        path_part: Some(part.to_owned()),
        path: Some(path),
        ..Resource::default()
    };
    record.resources.insert(id.clone(), Stored(resource));
    Ok(id)
}

/// Refuses a path part that is taken, and a second variable beside another. `own` is the resource that is renamed.
fn expect_name(
    record: &RestRecord,
    parent_id: &str,
    part: &str,
    own: Option<&str>,
) -> Result<(), ServiceError> {
    let all = record.resources.values().map(|Stored(it)| it);
    let siblings = all.filter(|it| it.parent_id.as_deref() == Some(parent_id));
    let siblings = siblings.filter(|it| own.is_none() || it.id.as_deref() != own);
    for sibling in siblings {
        let other = sibling.path_part.as_deref().unwrap_or_default();
        if other == part {
            return Err(conflict(format!(
                "Another resource with the same parent already has this name: {part}"
            )));
        }
        if other.starts_with('{') && part.starts_with('{') {
            return Err(bad_request(format!(
                "A sibling ({other}) of this resource already has a variable path part -- only one is allowed"
            )));
        }
    }
    Ok(())
}

fn join(parent: &str, part: &str) -> String {
    format!("{}/{part}", parent.trim_end_matches('/'))
}

fn is_part(part: &str) -> bool {
    let plain = |text: &str| {
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"._-:~@$,!*'()=;&+".contains(&b);
        !text.is_empty() && text.bytes().all(is_plain)
    };
    match part.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        Some(variable) => plain(variable),
        None => plain(part),
    }
}

impl Handler<GetResource> for ApiGateway {
    async fn handle(
        &self,
        input: GetResourceInput,
        _caller: &Caller,
    ) -> Result<Resource, ServiceError> {
        let mut record = self.rest(&input.rest_api_id, missing("Resource"))?;
        let found = record.resources.remove(&input.resource_id);
        let Stored(resource) = found.ok_or_else(|| missing("Resource"))?;
        Ok(shown(resource, input.embed.as_deref()))
    }
}

impl Handler<GetResources> for ApiGateway {
    async fn handle(
        &self,
        input: GetResourcesInput,
        caller: &Caller,
    ) -> Result<Resources, ServiceError> {
        let record = self.rest(&input.rest_api_id, no_api(caller, &input.rest_api_id))?;
        let all = record.resources.into_values();
        let all = all.map(|Stored(it)| shown(it, input.embed.as_deref()));
        let page = page(
            all.collect(),
            |it: &Resource| it.id.as_deref().unwrap_or_default(),
            input.limit,
            input.position.as_deref(),
        )?;
        Ok(Resources {
            items: Some(page.items),
            position: page.position,
        })
    }
}

/// Without `embed=methods` only the names of methods are shown.
fn shown(mut resource: Resource, embed: Option<&[String]>) -> Resource {
    let is_embedded = embed.is_some_and(|it| it.iter().any(|it| it == "methods"));
    if let (Some(methods), false) = (&mut resource.resource_methods, is_embedded) {
        let names: BTreeMap<_, _> = methods
            .keys()
            .map(|name| (name.clone(), Method::default()))
            .collect();
        *methods = names;
    }
    resource
}

impl Handler<UpdateResource> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateResourceInput,
        _caller: &Caller,
    ) -> Result<Resource, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let known = record.resources.get(&input.resource_id);
            let Stored(known) = known.ok_or_else(|| missing("Resource"))?;
            let operations = input.patch_operations.as_ref();
            expect_steps(record, &input.resource_id, operations)?;
            let changed = patch_json::apply(known, input.patch_operations.as_ref())?;
            let parent_id = changed.parent_id.as_deref().unwrap_or_default();
            if !record.resources.contains_key(parent_id) {
                return Err(missing("Resource"));
            }
            if is_below(record, parent_id, &input.resource_id) {
                return Err(bad_request("Resources cannot be cyclical."));
            }
            if !is_part(changed.path_part.as_deref().unwrap_or_default()) {
                return Err(bad_request("Invalid path part specified"));
            }
            let part = changed.path_part.as_deref().unwrap_or_default();
            expect_name(record, parent_id, part, Some(&input.resource_id))?;
            record
                .resources
                .insert(input.resource_id.clone(), Stored(changed));
            let root = record.api.0.root_resource_id.clone().unwrap_or_default();
            rename(record, &root, "/");
            Ok(record.resources[&input.resource_id].0.clone())
        })
        .await
    }
}

/// A resource can be renamed and moved, and the root cannot.
fn expect_steps(
    record: &RestRecord,
    id: &str,
    operations: Option<&Vec<PatchOperation>>,
) -> Result<(), ServiceError> {
    let is_root = record.api.0.root_resource_id.as_deref() == Some(id);
    for step in patch::steps(operations)? {
        let member = match step.path {
            "/parentId" => "parentId",
            "/pathPart" => "pathPart",
            _ if step.op == "replace" => return Err(step.refuse(&["/parentId", "/pathPart"])),
            _ => return Err(step.refuse_operation()),
        };
        if step.op != "replace" {
            return Err(step.refuse_operation());
        }
        if is_root {
            return Err(bad_request(format!(
                "Root resource cannot update its {member}."
            )));
        }
    }
    Ok(())
}

/// Whether a resource is another one, or lies below it.
fn is_below(record: &RestRecord, id: &str, ancestor: &str) -> bool {
    let mut at = Some(id.to_owned());
    while let Some(id) = at {
        if id == ancestor {
            return true;
        }
        let parent = record.resources.get(&id);
        at = parent.and_then(|Stored(it)| it.parent_id.clone());
    }
    false
}

/// Gives every resource below one the path that follows from its parts.
fn rename(record: &mut RestRecord, parent_id: &str, path: &str) {
    let children: Vec<String> = record
        .resources
        .iter()
        .filter(|(_, Stored(it))| it.parent_id.as_deref() == Some(parent_id))
        .map(|(id, _)| id.clone())
        .collect();
    for id in children {
        let Some(Stored(child)) = record.resources.get_mut(&id) else {
            continue;
        };
        let own = join(path, child.path_part.as_deref().unwrap_or_default());
        child.path = Some(own.clone());
        rename(record, &id, &own);
    }
}

impl Handler<DeleteResource> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            if record.api.0.root_resource_id.as_deref() == Some(&input.resource_id) {
                return Err(bad_request("Cannot remove root resource"));
            }
            let found = record.resources.remove(&input.resource_id);
            found.ok_or_else(|| missing("Resource"))?;
            // What lies below goes with it.
            let mut gone = vec![input.resource_id];
            while let Some(parent) = gone.pop() {
                record.resources.retain(|id, Stored(it)| {
                    let stays = it.parent_id.as_deref() != Some(parent.as_str());
                    if !stays {
                        gone.push(id.clone());
                    }
                    stays
                });
            }
            Ok(Unit {})
        })
        .await
    }
}
