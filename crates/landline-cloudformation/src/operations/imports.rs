//! `ResourcesToImport` and `ImportExistingResources` of a change set: what it may say, in AWS's words.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html>

use std::collections::{BTreeMap, BTreeSet};

use landline_api::cloudformation::{
    ChangeSetType, CreateChangeSetInput, ResourceIdentifierSummary, ResourceToImport,
};
use landline_wire::ServiceError;

use super::{CloudFormation, invalid, unavailable};
use crate::stack::{Action, Deployment, ImportScope, Imports, Plan, Prepared};
use crate::template::Template;

/// What a change set would take over; the reason why it fails, if it does.
pub(super) type Found = Result<Imports, String>;

impl CloudFormation {
    /// What the call imports: what it lists, or what it finds.
    pub(super) async fn imports_of(
        &self,
        input: &CreateChangeSetInput,
        deployment: &Deployment,
        prepared: &Prepared,
    ) -> Result<Found, ServiceError> {
        let plan = prepared.plan();
        if input.change_set_type == Some(ChangeSetType::Import) {
            let listed = input.resources_to_import.as_deref().unwrap_or_default();
            let imports = self.listed(listed, prepared)?;
            let checked = self.stacks.check_imports(plan, &imports).await;
            return Ok(checked.map_err(unavailable)?.map(|()| imports));
        }
        if input.import_existing_resources != Some(true) {
            return Ok(Ok(Imports::default()));
        }
        let found = self.stacks.existing_of(plan, deployment).await;
        found.map_err(unavailable)
    }

    /// The resources of a list, one of which everything that a template adds has to be.
    fn listed(
        &self,
        listed: &[ResourceToImport],
        prepared: &Prepared,
    ) -> Result<Imports, ServiceError> {
        let mut identifiers = BTreeMap::new();
        for entry in listed {
            let identifier = self.identifier(entry)?;
            let id = entry.logical_resource_id.clone();
            if identifiers.insert(id, identifier).is_some() {
                return Err(invalid(
                    "Every resource to import must have unique LogicalResourceId",
                ));
            }
        }
        if listed.is_empty() {
            return Err(invalid("Must Provide at least one resource to import"));
        }
        check_types(listed, prepared)?;
        check_plan(listed, prepared.plan())?;
        let mut ids = listed
            .iter()
            .map(|entry| entry.logical_resource_id.as_str());
        let silent = ids
            .by_ref()
            .filter(|id| !prepared.states_deletion_policy(id));
        let silent = silent.collect::<Vec<_>>();
        if !silent.is_empty() {
            return Err(invalid(format!(
                "The following resources to import [{}] must have DeletionPolicy attribute specified in the template.",
                silent.join(", ")
            )));
        }
        if prepared.changes_outputs() {
            return Err(invalid(
                "As part of the import operation, you cannot modify or add [Outputs]",
            ));
        }
        Ok(Imports {
            identifiers,
            scope: ImportScope::Only,
        })
    }

    /// The value of the one property that identifies a resource of the type.
    fn identifier(&self, entry: &ResourceToImport) -> Result<String, ServiceError> {
        let resource_type = &entry.resource_type;
        let Some(expected) = self.stacks.import_identifier(resource_type) else {
            return Err(invalid(format!(
                "ResourceTypes [{resource_type}] are not supported for Import"
            )));
        };
        let mut given = entry.resource_identifier.iter();
        match (given.next(), given.next()) {
            (Some((key, value)), None) if key == expected => Ok(value.clone()),
            _ => Err(invalid(format!(
                "Invalid resource identifier for resource type {resource_type}. Expected [{expected}]"
            ))),
        }
    }

    /// What identifies the resources of a template, for those who ask before they import.
    pub(super) fn identifier_summaries(
        &self,
        template: &Template,
    ) -> Vec<ResourceIdentifierSummary> {
        let mut by_type: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (logical_id, resource) in &template.resources {
            let ids = by_type.entry(&resource.resource_type).or_default();
            ids.push(logical_id.clone());
        }
        let summaries = by_type.into_iter().filter_map(|(resource_type, ids)| {
            let identifier = self.stacks.import_identifier(resource_type)?;
            Some(ResourceIdentifierSummary {
                resource_type: Some(resource_type.to_owned()),
                logical_resource_ids: Some(ids),
                resource_identifiers: Some(vec![identifier.to_owned()]),
            })
        });
        summaries.collect()
    }
}

/// Whether what is listed is in the template, and of that type there.
fn check_types(listed: &[ResourceToImport], prepared: &Prepared) -> Result<(), ServiceError> {
    let is_unknown =
        |entry: &&ResourceToImport| prepared.type_of(&entry.logical_resource_id).is_none();
    let unknown: Vec<&str> = listed
        .iter()
        .filter(is_unknown)
        .map(|entry| entry.logical_resource_id.as_str())
        .collect();
    if !unknown.is_empty() {
        return Err(invalid(format!(
            "The logical resource ids [{}] provided in ResourceToImport do not exist in the template.",
            unknown.join(", ")
        )));
    }
    for entry in listed {
        let (id, said) = (&entry.logical_resource_id, &entry.resource_type);
        if let Some(is) = prepared.type_of(id).filter(|is| is != said) {
            return Err(invalid(format!(
                "Resource type of [{id}] passed in ResourceToImport does not match with resource type defined in the template. Resource type in ResourceToImport: {said}; Resource type in Template: {is}."
            )));
        }
    }
    Ok(())
}

/// Whether a template adds what is listed, and nothing else.
fn check_plan(listed: &[ResourceToImport], plan: &Plan) -> Result<(), ServiceError> {
    let (mut added, mut touched) = (BTreeSet::new(), BTreeSet::new());
    for change in &plan.changes {
        let set = if matches!(change.action, Action::Add | Action::Import) {
            &mut added
        } else {
            &mut touched
        };
        set.insert(change.logical_id.as_str());
    }
    let names = |ids: Vec<&str>| ids.join(", ");
    if added.is_empty() {
        return Err(invalid(
            "The template should contain at least one new resource to import.",
        ));
    }
    let listed: BTreeSet<&str> = listed
        .iter()
        .map(|entry| entry.logical_resource_id.as_str())
        .collect();
    let known: Vec<&str> = listed.difference(&added).copied().collect();
    if !known.is_empty() {
        return Err(invalid(format!(
            "Resources [{}] passed in ResourceToImport are already in a stack and cannot be imported.",
            names(known)
        )));
    }
    let missing: Vec<&str> = added.difference(&listed).copied().collect();
    if !missing.is_empty() {
        return Err(invalid(format!(
            "Resources [{}] is missing from ResourceToImport list",
            names(missing)
        )));
    }
    if !touched.is_empty() {
        return Err(invalid(format!(
            "You have modified resources [{}] in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.",
            names(touched.into_iter().collect())
        )));
    }
    Ok(())
}
