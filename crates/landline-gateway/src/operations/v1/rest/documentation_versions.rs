//! Versions of the documentation of REST APIs: the parts as they were when it was published.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api-with-api-console-publishing.html>.

use landline_api::apigateway::{
    CreateDocumentationVersion, CreateDocumentationVersionInput, DeleteDocumentationVersion,
    DeleteDocumentationVersionInput, DocumentationVersion, DocumentationVersions,
    GetDocumentationVersion, GetDocumentationVersionInput, GetDocumentationVersions,
    GetDocumentationVersionsInput, UpdateDocumentationVersion, UpdateDocumentationVersionInput,
};
use landline_store::Reader;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::super::super::ApiGateway;
use super::super::page::page;
use super::{missing, patch_json};
use crate::state::rest::{
    DocumentationRecord, REST_DOCUMENTATION, REST_STAGES, rest_api, rest_stage,
};
use crate::state::{Failure, Stored, bad_request, conflict, path};

impl Handler<CreateDocumentationVersion> for ApiGateway {
    async fn handle(
        &self,
        input: CreateDocumentationVersionInput,
        _: &Caller,
    ) -> Result<DocumentationVersion, ServiceError> {
        self.serve_rest(input.rest_api_id, move |transaction, id, record, now| {
            let name = input.documentation_version;
            let place = path(id, &name);
            if REST_DOCUMENTATION.get_in(transaction, &place)?.is_some() {
                return Err(
                    conflict(format!("Documentation version already exists: '{name}'")).into(),
                );
            }
            if record.documentation.is_empty() {
                return Err(bad_request(
                    "The REST API doesn't contain any documentation parts to snapshot",
                )
                .into());
            }
            let version = DocumentationVersion {
                version: Some(name.clone()),
                created_date: Some(now),
                description: input.description,
            };
            let documented = DocumentationRecord {
                version: Stored(version.clone()),
                parts: record.documentation,
            };
            REST_DOCUMENTATION.put_in(transaction, &place, &documented)?;
            if let Some(stage_name) = input.stage_name {
                let mut stage = rest_stage(transaction, id, &stage_name)?;
                stage.documentation_version = Some(name);
                REST_STAGES.put_in(transaction, &path(id, &stage_name), &Stored(stage))?;
            }
            Ok(version)
        })
        .await
    }
}

fn version(reader: &dyn Reader, id: &str, name: &str) -> Result<DocumentationRecord, Failure> {
    rest_api(reader, id)?;
    let found = REST_DOCUMENTATION.get_in(reader, &path(id, name))?;
    found.ok_or_else(|| missing("Documentation version").into())
}

impl Handler<GetDocumentationVersion> for ApiGateway {
    async fn handle(
        &self,
        input: GetDocumentationVersionInput,
        _: &Caller,
    ) -> Result<DocumentationVersion, ServiceError> {
        self.read_usage(|reader| {
            let name = &input.documentation_version;
            Ok(version(reader, &input.rest_api_id, name)?.version.0)
        })
    }
}

impl Handler<GetDocumentationVersions> for ApiGateway {
    async fn handle(
        &self,
        input: GetDocumentationVersionsInput,
        _: &Caller,
    ) -> Result<DocumentationVersions, ServiceError> {
        let id = input.rest_api_id;
        let all = self.read_usage(|reader| {
            rest_api(reader, &id)?;
            let records = REST_DOCUMENTATION.list_in(reader, &path(&id, ""))?;
            let all = records.into_iter().map(|(_, it)| it.version.0);
            Ok(all.collect::<Vec<DocumentationVersion>>())
        })?;
        let page = page(
            all,
            |it: &DocumentationVersion| it.version.as_deref().unwrap_or_default(),
            input.limit,
            input.position.as_deref(),
        )?;
        Ok(DocumentationVersions {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateDocumentationVersion> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateDocumentationVersionInput,
        _: &Caller,
    ) -> Result<DocumentationVersion, ServiceError> {
        self.serve_rest(input.rest_api_id, move |transaction, id, _, _| {
            let name = &input.documentation_version;
            let mut known = version(transaction, id, name)?;
            let changed = patch_json::apply(&known.version.0, input.patch_operations.as_ref())?;
            known.version = Stored(DocumentationVersion {
                version: Some(name.clone()),
                ..changed
            });
            REST_DOCUMENTATION.put_in(transaction, &path(id, name), &known)?;
            Ok(known.version.0)
        })
        .await
    }
}

impl Handler<DeleteDocumentationVersion> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteDocumentationVersionInput,
        _: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.serve_rest(input.rest_api_id, move |transaction, id, _, _| {
            let name = &input.documentation_version;
            version(transaction, id, name)?;
            REST_DOCUMENTATION.delete_in(transaction, &path(id, name));
            Ok(Unit {})
        })
        .await
    }
}
