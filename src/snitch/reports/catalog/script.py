"""The index's script: it hides rows that a search does not find, and sorts. Nothing needs it."""

from __future__ import annotations

SCRIPT = """
(function(){
"use strict";
var table=document.getElementById("models"),body=table.tBodies[0],
box=document.getElementById("search"),told=document.getElementById("told"),
paged=document.querySelector(".pages"),rows=Array.prototype.slice.call(body.rows);
document.getElementById("tools").hidden=false;
function find(){
var words=box.value.toLowerCase().split(/\\s+/).filter(Boolean),shown=0;
rows.forEach(function(row){
var text=row.textContent.toLowerCase(),
hit=words.every(function(word){return text.indexOf(word)>=0});
row.hidden=!hit;if(hit)shown++});
told.textContent=shown+" of "+rows.length+" models"+(paged?" on this page":"");
}
function sort(cell,index){
var up=cell.getAttribute("aria-sort")!=="ascending",sign=up?1:-1;
Array.prototype.forEach.call(cell.parentNode.cells,function(other){
other.removeAttribute("aria-sort")});
cell.setAttribute("aria-sort",up?"ascending":"descending");
rows.sort(function(a,b){
var x=a.cells[index].textContent,y=b.cells[index].textContent,none=(x==="-")-(y==="-");
return none||sign*x.localeCompare(y,"en",{numeric:true})});
rows.forEach(function(row){body.appendChild(row)});
}
box.addEventListener("input",find);
Array.prototype.forEach.call(table.tHead.rows[0].cells,function(cell,index){
var button=document.createElement("button");
button.type="button";button.textContent=cell.textContent;
button.addEventListener("click",function(){sort(cell,index)});
cell.textContent="";cell.appendChild(button);
});
find();
})();
"""
