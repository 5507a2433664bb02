-- How a number stood when it was looked at last, as `<stage> <overlay>…`: a change is written down once. NULL: never looked at.
ALTER TABLE numbers ADD COLUMN noted_stage TEXT;
