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
        let mut exports = Vec::new();
        for stack in self.stacks.list().map_err(unavailable)? {
            for output in stack.state.outputs.into_values() {
                let Some(name) = output.export_name else {
                    continue;
                };
                exports.push(Export {
                    exporting_stack_id: Some(stack.id.clone()),
                    name: Some(name),
                    value: Some(output.value),
                });
            }
        }
        exports.sort_by(|left, right| left.name.cmp(&right.name));
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
        let stacks = self.stacks.list().map_err(unavailable)?;
        let users = stacks
            .into_iter()
            .filter(|stack| stack.state.imports.contains(&input.export_name));
        let imports: Vec<String> = users.map(|stack| stack.name).collect();
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
