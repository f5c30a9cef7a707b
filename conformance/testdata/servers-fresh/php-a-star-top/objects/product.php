<?php
class Product{
    private $conn;
    private $table_name = "products";
    public $name;
    public $price;
    public function __construct($db){
        $this->conn = $db;
    }
    function create(){
        return strlen($this->name) > 3;
    }
}
