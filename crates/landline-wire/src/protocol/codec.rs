//! One operation's input and output, in whichever protocol its service speaks.

use bytes::Bytes;

use super::detect::Target;
use super::spoken::Spoken;
use super::{Request, Response, cbor, error, former_query, json, query, rest};
use crate::shape::{DecodeError, Decoder, Dialect, Members, Naming, Node, decode_structure};
use crate::{Operation, OperationMeta, Protocol, ServiceError, ServiceMeta, validate};

/// Reads an operation's input from a request and checks it against the model.
pub(crate) fn decode_input(
    meta: &OperationMeta,
    request: &Request,
    target: &Target,
    input: &mut dyn Members,
) -> Result<(), ServiceError> {
    let mut decoder = Decoder::speaking(dialect(meta.service), Naming::Wire);
    let decoder = &mut decoder;
    match meta.service.protocol {
        _ if target.spoken == Spoken::Cbor => cbor::decode(request.body(), decoder, input),
        Protocol::RestJson => rest::decode(request, target, decoder, input),
        _ if target.spoken == Spoken::FormerQuery => {
            former_query::decode(request, meta, decoder, input)
        }
        Protocol::Json { .. } => json::decode(request.body(), decoder, input),
        Protocol::Query { .. } => query::decode(request, decoder, input),
        Protocol::RestXml { .. } => return Err(own_door(meta)),
    }
    .map_err(|error| unreadable(meta, &error))?;
    judge(meta, decoder)
}

/// Reads an operation's input from a document in the form of [`Naming::Capital`], and checks it against the model.
pub(crate) fn decode_document(
    meta: &OperationMeta,
    document: &[u8],
    input: &mut dyn Members,
) -> Result<(), ServiceError> {
    let mut decoder = Decoder::new(Naming::Capital);
    let node = Node::from_json(document).map_err(|error| decoder.error(error.to_string()));
    let read = node.and_then(|node| decode_structure(node, &mut decoder, input));
    read.map_err(|error| unreadable(meta, &error))?;
    judge(meta, &decoder)
}

/// Refuses what the decoder found against the model.
fn judge(meta: &OperationMeta, decoder: &Decoder) -> Result<(), ServiceError> {
    if let Some(words) = decoder.own_words() {
        return Err(ServiceError::new(meta.service.validation_code, 400, words));
    }
    if !decoder.violations().is_empty() {
        return Err(validate::refusal(meta.service, decoder.violations()));
    }
    Ok(())
}

/// S3 reads its requests itself: a body may be larger than memory.
fn own_door(meta: &OperationMeta) -> ServiceError {
    let text = format!("{} is not called this way.", meta.name);
    ServiceError::new("NotImplemented", 501, text)
}

/// Only DynamoDB is known to be exact, and to be asked about it by tests.
fn dialect(service: &ServiceMeta) -> Dialect {
    match service.protocol.dynamodb_version() {
        Some(version) => Dialect::Coral { version },
        None => Dialect::Forgiving,
    }
}

/// What AWS answers to a body that is not what the model says.
fn unreadable(meta: &OperationMeta, error: &DecodeError) -> ServiceError {
    match meta.service.protocol {
        Protocol::Query { .. } => ServiceError::new("MalformedInput", 400, error.message.clone()),
        Protocol::RestJson if meta.service.signing_name == "apigateway" => {
            ServiceError::new("BadRequestException", 400, "Invalid request input")
        }
        _ => ServiceError::new("SerializationException", 400, error.message.clone()),
    }
}

/// Writes an operation's output.
pub(crate) fn encode_output(
    meta: &OperationMeta,
    output: &dyn Members,
    spoken: Spoken,
    request_id: &str,
) -> Response {
    match meta.service.protocol {
        _ if spoken == Spoken::Cbor => cbor::respond(output, meta),
        _ if spoken == Spoken::FormerQuery => former_query::respond(output, meta, request_id),
        Protocol::RestJson => rest::encode(output, meta.status),
        Protocol::Json {
            content_version, ..
        } => json::respond(output, meta, content_version),
        Protocol::Query { xml_namespace, .. } => {
            query::respond(output, meta, xml_namespace, request_id)
        }
        Protocol::RestXml { .. } => error::render(meta.service, &own_door(meta), request_id),
    }
}

/// An operation's codec with its types forgotten, for the tests that compare the
/// generated operations with an SDK, one by one.
#[derive(Debug, Clone, Copy)]
pub struct OperationCodec {
    /// Decodes a request, and writes the input as JSON in the SDK's names.
    pub input_as_json: fn(&Request, &Target) -> Result<Vec<u8>, ServiceError>,
    /// Reads an output as JSON in the SDK's names, and answers as the operation would.
    pub output_from_json: fn(&Bytes) -> Result<Response, DecodeError>,
}

impl OperationCodec {
    pub(crate) const fn of<Op: Operation>() -> Self {
        Self {
            input_as_json: |request, target| {
                let mut input = Op::Input::default();
                decode_input(Op::META, request, target, &mut input)?;
                Ok(json::to_vec(&input, Naming::Sdk))
            },
            output_from_json: |document| {
                let mut output = Op::Output::default();
                read_json(document, &mut output)?;
                let request_id = "00000000-0000-4000-8000-000000000000";
                Ok(encode_output(Op::META, &output, Spoken::Own, request_id))
            },
        }
    }
}

fn read_json(document: &Bytes, structure: &mut dyn Members) -> Result<(), DecodeError> {
    let mut decoder = Decoder::new(Naming::Sdk);
    let node = Node::from_json(document).map_err(|error| decoder.error(error.to_string()))?;
    decode_structure(node, &mut decoder, structure)
}
