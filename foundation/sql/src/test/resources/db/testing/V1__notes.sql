create table notes (id ${serial}, text varchar(200) not null unique);
