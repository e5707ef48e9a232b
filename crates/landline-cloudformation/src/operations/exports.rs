//! `ListExports`, `ListImports`.

use landline_api::cloudformation::{
    Export, ListExports, ListExportsInput, ListExportsOutput, ListImports, ListImportsInput,
    ListImportsOutput,
};
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::{CloudFormation, invalid, unavailable};

impl Handler<ListExports> for CloudFormation {
    async fn handle(
        &self,
        input: ListExportsInput,
        _caller: &Caller,
    ) -> Result<ListExportsOutput, ServiceError> {
        let all = self.stacks.all_exports().map_err(unavailable)?;
        let exports = all.into_iter().map(|(name, export)| Export {
            exporting_stack_id: Some(export.stack_id),
            name: Some(name),
            value: Some(export.value),
        });
        let exports = exports.collect();
        let (exports, next_token) = page(exports, input.next_token.as_deref())?;
        Ok(ListExportsOutput {
            exports: Some(exports),
            next_token,
        })
    }
}

impl Handler<ListImports> for CloudFormation {
    async fn handle(
        &self,
        input: ListImportsInput,
        _caller: &Caller,
    ) -> Result<ListImportsOutput, ServiceError> {
        let imports = self.stacks.users_of(&input.export_name);
        let imports = imports.map_err(unavailable)?;
        if imports.is_empty() {
            let name = input.export_name;
            return Err(invalid(format!(
                "Export '{name}' is not imported by any stack."
            )));
        }
        let (imports, next_token) = page(imports, input.next_token.as_deref())?;
        Ok(ListImportsOutput {
            imports: Some(imports),
            next_token,
        })
    }
}
