//! `AWS::Serverless::Application` → a nested stack. Applications of the Serverless Application Repository are elsewhere.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-application.html>

use super::super::error::TemplateError;
use super::super::node::Node;
use super::checks::{self, tables};
use super::{Output, Source, tag_list};

pub(super) fn expand(source: &Source<'_>, output: &mut Output) -> Result<(), TemplateError> {
    checks::properties(source, &tables::APPLICATION, &[])?;
    let Some(location) = source.property("Location") else {
        let message = "Missing required property 'Location'.";
        return Err(TemplateError::at(source.line, message));
    };
    if location.get("ApplicationId").is_some() {
        let message = "the application lies in the AWS Serverless Application Repository, which Landline does not reach; download its template and name it in 'Location'.";
        return Err(TemplateError::at(location.line, message));
    }
    let properties = Node::object(source.line).with("TemplateURL", location.clone());
    let properties = source.pass_through(
        properties,
        &["Parameters", "NotificationARNs", "TimeoutInMinutes"],
    );
    let properties = properties.with("Tags", tag_list(source, "lambda:createdBy"));
    output.push(
        source.id,
        source.primary("AWS::CloudFormation::Stack", properties),
    );
    Ok(())
}
