exports.connect = async () => ({ statusCode: 200 });

exports.echo = async (event) => ({ statusCode: 200, body: JSON.parse(event.body).data });
