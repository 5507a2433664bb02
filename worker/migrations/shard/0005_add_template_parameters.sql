-- What fills a template that we send: a JSON array of {name, text}, in order; name is null where variables are numbered.
ALTER TABLE messages ADD COLUMN template_parameters TEXT;
