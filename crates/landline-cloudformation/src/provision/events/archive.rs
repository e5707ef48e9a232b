//! `AWS::Events::Archive`.

use landline_api::events::{CreateArchive, DeleteArchive, DeleteArchiveInput, UpdateArchive};
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::unless_gone;
use crate::provider::{
    Existing, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{call, document, name, text, with_removed};

#[derive(Debug)]
pub(in crate::provision) struct Archive(pub(in crate::provision) Dispatcher);

static ARCHIVE: Schema = Schema {
    resource_type: "AWS::Events::Archive",
    required: &["SourceArn"],
    properties: &[
        "ArchiveName",
        "Description",
        "EventPattern",
        "KmsKeyIdentifier",
        "RetentionDays",
        "SourceArn",
    ],
    replace_on: &["ArchiveName", "SourceArn"],
    attributes: &["ArchiveName", "Arn"],
};

/// The longest name of an archive.
const NAME_MAX: usize = 48;
/// The drawn end of a name that is made up, which has to stay.
const TAIL: usize = 13;

/// The name that the template gives, or a shorter form of the one that was made up.
fn archive_name(request: &ResourceRequest) -> String {
    let name = name(request, "ArchiveName");
    let length = name.chars().count();
    if text(&request.properties, "ArchiveName").is_some() || length <= NAME_MAX {
        return name;
    }
    let beginning = name.chars().take(NAME_MAX - TAIL);
    beginning.chain(name.chars().skip(length - TAIL)).collect()
}

fn archive_arn(name: &str, caller: &Caller) -> String {
    let (region, account) = (&caller.region, &caller.account_id);
    format!("arn:aws:events:{region}:{account}:archive/{name}")
}

fn made(name: &str, caller: &Caller) -> Provisioned {
    Provisioned::new(name)
        .with("Arn", Some(archive_arn(name, caller)))
        .with("ArchiveName", Some(name))
}

/// The properties, with the pattern as the text that the operations take.
fn written(properties: &Json) -> Json {
    let mut properties = properties.clone();
    if let Some(pattern) = properties.get_mut("EventPattern") {
        *pattern = document(pattern).into();
    }
    properties
}

impl ResourceProvider for Archive {
    fn schema(&self) -> &'static Schema {
        &ARCHIVE
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(archive_name(request))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = archive_name(request);
            let source = text(&request.properties, "SourceArn").unwrap_or_default();
            let more = [
                ("ArchiveName", name.as_str()),
                ("EventSourceArn", source.as_str()),
            ];
            let properties = written(&request.properties);
            call::<CreateArchive>(&self.0, &properties, &more, &request.caller).await?;
            Ok(made(&name, &request.caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = &existing.physical_id;
            // Without a description or days, an archive has none; a pattern cannot be taken away.
            let cleared = [("Description", "".into()), ("RetentionDays", 0.into())];
            let properties = with_removed(request, &existing.properties, &cleared);
            let more = [("ArchiveName", name.as_str())];
            let properties = written(&properties);
            call::<UpdateArchive>(&self.0, &properties, &more, &request.caller).await?;
            Ok(made(name, &request.caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = DeleteArchiveInput {
                archive_name: existing.physical_id.clone(),
            };
            unless_gone(self.0.call::<DeleteArchive>(input, caller).await)
        })
    }
}
